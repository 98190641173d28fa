"""What Auto Scaling groups did, and those for which EC2 has no machines."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from moto.core.utils import utcnow

Where = tuple[str, str, str]  # account, region, name

NO_MACHINES = (
    "We currently do not have sufficient {type} capacity in the Availability Zone you requested ({zone}). "
    "Our system will be working on provisioning additional capacity. Launching EC2 instance failed."
)


@dataclass(frozen=True, slots=True)
class Activity:
    """One launch or termination, as DescribeScalingActivities tells it."""

    what: str
    cause: str
    failure: str = ""  # EC2's words; "" when it went well
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    when: datetime = field(default_factory=utcnow)


@dataclass(slots=True)
class GroupTimes:
    """The groups' activities, and which groups get no new instances."""

    starved: set[str] = field(default_factory=set)  # names, everywhere
    _done: dict[Where, list[Activity]] = field(default_factory=dict)

    def reset(self) -> None:
        """Forget every activity; every group gets what it wants."""
        self.starved.clear()
        self._done.clear()

    def note(self, where: Where, activity: Activity) -> None:
        """A group did this now."""
        self._done.setdefault(where, []).append(activity)

    def of(self, where: Where) -> tuple[Activity, ...]:
        """Return what a group did, newest first."""
        return tuple(reversed(self._done.get(where, ())))
