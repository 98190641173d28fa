"""What brings each instance back by itself, if anything does: a group, EC2's recovery, an alarm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws import instance_type, recovery
from aws.account import Place
from aws.instance import Instance
from aws.instance_type import InstanceType
from aws.recovery import CheckAlarm
from bot.command import World
from bot.words import Words, words
from commands.changes.instance_state import GROUP_TAG
from commands.reading import Found, everywhere

READS = ("cloudwatch:DescribeAlarms", "ec2:DescribeInstanceTypes")
_GONE = ("terminated", "shutting-down")


@dataclass(frozen=True, slots=True)
class Healing:
    """One instance, and what brings it back."""

    instance: Instance
    group: str  # its Auto Scaling group, which replaces it; "" for none
    can_recover: bool  # its type can
    alarms: tuple[CheckAlarm, ...]  # on its status checks

    @property
    def allowed(self) -> bool:
        """Whether EC2 may recover it; where it says nothing, it may."""
        return self.instance.auto_recovery != "disabled"

    @property
    def by_ec2(self) -> bool:
        """Whether EC2 recovers it by itself; never a member of a group."""
        return self.can_recover and self.allowed and not self.group

    @property
    def by_alarm(self) -> CheckAlarm | None:
        """The alarm that recovers it."""
        return next((one for one in self.alarms if one.recovers), None) if self.can_recover else None

    @property
    def heals(self) -> bool:
        """Whether anything brings it back."""
        return bool(self.group or self.by_ec2 or self.by_alarm)

    def said(self) -> Words:
        """What brings it back, or why nothing does."""
        alarm = self.by_alarm
        if self.group:
            return words("its group {group} replaces it", group=self.group)
        if not self.can_recover:
            return words("nothing: a {type} cannot be recovered", type=self.instance.type)
        if self.by_ec2 and alarm:
            return words("recovered by EC2, and by the alarm {alarm}", alarm=alarm.name)
        if self.by_ec2:
            return words("recovered by EC2")
        if alarm:
            return words("recovered by the alarm {alarm}", alarm=alarm.name)
        return words("nothing: its recovery is switched off")


def find(world: World, found: Found[Instance]) -> Found[Healing]:
    """What brings each of these back; those that are gone are left out."""
    of: dict[Place, list[Instance]] = {}
    for place, one in found:
        if one.state not in _GONE:
            of.setdefault(place, []).append(one)
    looked = everywhere(tuple(of), lambda place: _in_place(world, place, of[place]))
    return Found(looked.items, found.unread + looked.unread)


def _in_place(world: World, place: Place, there: Sequence[Instance]) -> list[Healing]:
    types = instance_type.find(world.aws.ec2(place), {one.type for one in there})
    alarms: dict[str, tuple[CheckAlarm, ...]] = {}
    for alarm in recovery.alarms(world.aws.cloudwatch(place)):
        alarms[alarm.instance_id] = (*alarms.get(alarm.instance_id, ()), alarm)
    return [_healing(one, types, alarms) for one in there]


def _healing(
    one: Instance,
    types: Mapping[str, InstanceType],
    alarms: Mapping[str, tuple[CheckAlarm, ...]],
) -> Healing:
    kind = types.get(one.type)
    return Healing(
        one, one.tags.get(GROUP_TAG, ""), kind is not None and kind.recovers, alarms.get(one.id, ())
    )
