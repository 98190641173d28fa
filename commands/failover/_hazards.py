"""What an instance must not be, that a drill breaks: a bastion, or the only one of its kind.  Pure.

A *bastion* is what people get in by.  An instance is one when "bastion" or "jump" (or 踏み台) is a word
of its Name, or of a tag's key or value; or when it has a public address, nothing sends to it (neither an Auto
Scaling group nor a target group has it), and no other running instance of its VPC has a public address.

A *single point* is what nothing stands in for: it is in no Auto Scaling group, or in one where fewer than two
serve; or it is the only healthy target of one of its target groups.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from aws.autoscaling_group import Group
from aws.instance import Instance
from bot.words import Words, words
from commands.changes.instance_state import GROUP_TAG

_BASTION = re.compile(r"(?<![a-z])(bastion|jump)(?![a-z])|踏み台", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands beside the instances of a place."""

    running: tuple[Instance, ...] = ()  # all that run there
    groups: Mapping[str, Group] = field(default_factory=dict)  # by name
    healthy: Mapping[str, Collection[str]] = field(default_factory=dict)  # target group's ARN -> instances
    names: Mapping[str, str] = field(default_factory=dict)  # target group's ARN -> its name

    def targets_of(self, one: Instance) -> tuple[str, ...]:
        """The ARNs of the target groups in which an instance is healthy."""
        return tuple(arn for arn, healthy in self.healthy.items() if one.id in healthy)


def hazard(one: Instance, beside: Surroundings) -> Words | None:
    """Why an instance had better not be broken; None: others stand in for it."""
    return _bastion(one, beside) or _single(one, beside)


def _bastion(one: Instance, beside: Surroundings) -> Words | None:
    said = [one.name, *(word for pair in one.tags.items() for word in pair)]
    if any(_BASTION.search(word) for word in said):
        return words("it is a bastion, as its name or tags say")
    public = [each.id for each in beside.running if each.public_ip and each.vpc_id == one.vpc_id]
    used = one.tags.get(GROUP_TAG, "") or beside.targets_of(one)
    if public == [one.id] and not used:
        return words("it looks like a bastion: nothing else in {vpc} has a public address", vpc=one.vpc_id)
    return None


def _single(one: Instance, beside: Surroundings) -> Words | None:
    group = beside.groups.get(one.tags.get(GROUP_TAG, ""))
    if group is None:
        return words("it is a single point: it is in no Auto Scaling group that would replace it")
    if group.serving < 2:
        return words(
            "it is a single point: in its Auto Scaling group {group} nobody else serves", group=group.name
        )
    alone = [arn for arn in beside.targets_of(one) if len(beside.healthy[arn]) == 1]
    if alone:
        names = ", ".join(beside.names[arn] for arn in alone)
        return words("it is a single point: the only healthy target of {groups}", groups=names)
    return None


def group_of(one: Instance, groups: Mapping[str, Group]) -> str:
    """The name of its Auto Scaling group, where there is one; else ""."""
    name = one.tags.get(GROUP_TAG, "")
    return name if name in groups else ""
