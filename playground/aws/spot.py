"""Spot instances: two minutes after a notice EC2 takes one away."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from moto.core.utils import utcnow

from playground.aws.clock import Clock

if TYPE_CHECKING:
    from moto.ec2.models.instances import Instance

NOTICE = 120.0  # seconds ("Spot Instance interruption notices")
_TAKEN = "Server.SpotInstanceTermination"


@dataclass(slots=True)
class SpotNotices:
    """The instances that EC2 has announced to take away."""

    clock: Clock
    _noticed: dict[str, tuple["Instance", float]] = field(default_factory=dict)

    def reset(self) -> None:
        """Forget every notice."""
        self._noticed.clear()

    def give(self, instance: "Instance") -> None:
        """Announce it: two minutes from now the instance is gone."""
        self._noticed[instance.id] = (instance, self.clock.now() + NOTICE)

    def take_back(self) -> None:
        """Let nobody be taken away who still is there; AWS never does that."""
        self._noticed.clear()

    def stands(self, instance_id: str) -> bool:
        """Return whether an instance was announced and is still there."""
        return instance_id in self._noticed

    def settle(self) -> None:
        """Take away whose two minutes are over."""
        for instance, due in list(self._noticed.values()):
            if self.clock.now() >= due:
                del self._noticed[instance.id]
                _take(instance)


def _take(instance: "Instance") -> None:
    if instance.state == "terminated":
        return
    instance.terminate()
    instance._reason = f"Server.SpotInstanceTermination ({utcnow():%Y-%m-%d %H:%M:%S} UTC)"  # noqa: SLF001 - moto's own
    instance.state_reason.code = _TAKEN
    instance.state_reason.message = f"{_TAKEN}: Spot instance termination"
