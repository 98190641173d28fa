"""Everything of the local AWS that takes its time, together."""

from dataclasses import dataclass, field

from playground.aws.caches import CacheTimes
from playground.aws.clock import Clock
from playground.aws.commands import CommandTimes
from playground.aws.databases import DatabaseTimes
from playground.aws.failovers import FailoverTimes
from playground.aws.fast_restores import FastRestores
from playground.aws.groups import GroupTimes
from playground.aws.images import ImageTimes
from playground.aws.instances import InstanceTimes
from playground.aws.mailing import Mailing
from playground.aws.record_changes import RecordChanges
from playground.aws.sessions import Sessions
from playground.aws.snapshots import SnapshotTimes
from playground.aws.spending import Spending
from playground.aws.spot import SpotNotices
from playground.aws.target_verdicts import TargetVerdicts
from playground.aws.tiers import TierTimes
from playground.aws.timers import Timers
from playground.aws.tokens import ClientTokens
from playground.aws.trail import Trail
from playground.aws.zonal_shifts import ZonalShifts


@dataclass(slots=True)
class Times:
    """What is under way, on one clock."""

    clock: Clock
    snapshots: SnapshotTimes = field(init=False)
    instances: InstanceTimes = field(init=False)
    images: ImageTimes = field(init=False)
    tiers: TierTimes = field(init=False)
    fast_restores: FastRestores = field(init=False)
    commands: CommandTimes = field(init=False)
    databases: DatabaseTimes = field(init=False)
    failovers: FailoverTimes = field(init=False)
    records: RecordChanges = field(init=False)
    caches: CacheTimes = field(init=False)
    spot: SpotNotices = field(init=False)
    spending: Spending = field(init=False)
    trail: Trail = field(init=False)
    zonal_shifts: ZonalShifts = field(init=False)
    timers: Timers = field(init=False)
    targets: TargetVerdicts = field(default_factory=TargetVerdicts)
    groups: GroupTimes = field(default_factory=GroupTimes)
    mailing: Mailing = field(default_factory=Mailing)
    sessions: Sessions = field(default_factory=Sessions)
    tokens: ClientTokens = field(default_factory=ClientTokens)

    def __post_init__(self) -> None:
        self.snapshots = SnapshotTimes(self.clock)
        self.instances = InstanceTimes(self.clock)
        self.images = ImageTimes(self.clock, self.snapshots)
        self.tiers = TierTimes(self.clock)
        self.fast_restores = FastRestores(self.clock)
        self.commands = CommandTimes(self.clock)
        self.databases = DatabaseTimes(self.clock)
        self.failovers = FailoverTimes(self.clock)
        self.records = RecordChanges(self.clock)
        self.caches = CacheTimes(self.clock)
        self.spot = SpotNotices(self.clock)
        self.spending = Spending(self.clock)
        self.trail = Trail(self.clock)
        self.zonal_shifts = ZonalShifts(self.clock)
        self.timers = Timers(self.clock)

    def settle(self) -> None:
        """Bring everything whose time is over to its end."""
        self.images.settle()  # first: an image ends its snapshots
        for one in (self.snapshots, self.instances, self.tiers, self.databases, self.failovers, self.spot):
            one.settle()
        self.caches.settle()
        self.timers.settle()  # last: they act on what has come to its end

    def reset(self) -> None:
        """Forget what was under way; the next things happen at once."""
        for one in (self.images, self.snapshots, self.instances, self.tiers, self.fast_restores):
            one.reset()
        for other in (self.commands, self.databases, self.spot, self.trail, self.sessions, self.zonal_shifts):
            other.reset()
        for last in (self.failovers, self.caches, self.groups, self.tokens, self.clock):
            last.reset()
        for very_last in (self.spending, self.mailing, self.records, self.targets, self.timers):
            very_last.reset()
