"""Everything of the local AWS that takes its time, together."""

from dataclasses import dataclass, field

from playground.aws.clock import Clock
from playground.aws.images import ImageTimes
from playground.aws.instances import InstanceTimes
from playground.aws.snapshots import SnapshotTimes


@dataclass(slots=True)
class Times:
    """What is under way, on one clock."""

    clock: Clock
    snapshots: SnapshotTimes = field(init=False)
    instances: InstanceTimes = field(init=False)
    images: ImageTimes = field(init=False)

    def __post_init__(self) -> None:
        self.snapshots = SnapshotTimes(self.clock)
        self.instances = InstanceTimes(self.clock)
        self.images = ImageTimes(self.clock, self.snapshots)

    def settle(self) -> None:
        """Bring everything whose time is over to its end."""
        for one in (self.images, self.snapshots, self.instances):  # an image ends its snapshots
            one.settle()

    def reset(self) -> None:
        """Forget what was under way; the next things happen at once."""
        for one in (self.snapshots, self.instances, self.images):
            one.reset()
