"""Everything of the local AWS that takes its time, together."""

from dataclasses import dataclass, field

from playground.aws.clock import Clock
from playground.aws.commands import CommandTimes
from playground.aws.fast_restores import FastRestores
from playground.aws.images import ImageTimes
from playground.aws.instances import InstanceTimes
from playground.aws.snapshots import SnapshotTimes
from playground.aws.tiers import TierTimes
from playground.aws.tokens import ClientTokens


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
    tokens: ClientTokens = field(default_factory=ClientTokens)

    def __post_init__(self) -> None:
        self.snapshots = SnapshotTimes(self.clock)
        self.instances = InstanceTimes(self.clock)
        self.images = ImageTimes(self.clock, self.snapshots)
        self.tiers = TierTimes(self.clock)
        self.fast_restores = FastRestores(self.clock)
        self.commands = CommandTimes(self.clock)

    def settle(self) -> None:
        """Bring everything whose time is over to its end."""
        for one in (self.images, self.snapshots, self.instances, self.tiers):  # an image ends its snapshots
            one.settle()

    def reset(self) -> None:
        """Forget what was under way; the next things happen at once."""
        for one in (self.images, self.snapshots, self.instances, self.tiers, self.fast_restores):
            one.reset()
        for other in (self.commands, self.tokens, self.clock):
            other.reset()
