"""Which Auto Scaling groups are meant, for every verb of /asg."""

from collections.abc import Sequence

from aws import autoscaling_group
from aws.account import Place
from aws.autoscaling_group import Group
from bot.arguments import Kind, UsageError, arg
from bot.command import World
from bot.plan import Resource, Step
from bot.targets import Targets
from bot.words import Words, words
from commands.reading import Found, all_named, asked_for, everywhere, fits, nearest, places

READS = ("autoscaling:DescribeAutoScalingGroups",)


def targets_arg() -> Targets:
    """The groups, by position."""
    declared: Targets = arg(Kind.TARGETS, words("which groups, by name or tag"), option=False, required=True)
    return declared


def find(world: World, targets: Targets, accounts: Sequence[str], regions: Sequence[str]) -> Found[Group]:
    """The groups that are meant; no targets: all.  Raises UsageError when a name, or all, is nowhere."""
    meant = places(world, accounts, regions)
    every = everywhere(meant, lambda place: autoscaling_group.find(world.aws.autoscaling(place)))
    found = Found(
        tuple((place, one) for place, one in every if fits(targets, (one.name,), one.tags)), every.unread
    )
    all_named(targets, (one.name for _, one in found), found.unread)
    if not found.items and not found.unread and (targets.names or targets.tags):
        raise UsageError(_nothing(every, targets))
    return found


def resource(place: Place, one: Group) -> Resource:
    """A group as a step's target."""
    return Resource(
        place.account, place.region, "auto-scaling-group", one.name, one.tags.name, tuple(one.tags.items())
    )


def of_steps(world: World, place: Place, steps: Sequence[Step]) -> dict[str, Group]:
    """The group of each step now, by the step's key; a key that is missing: it is gone or going."""
    names = sorted({step.target.id for step in steps})
    found = autoscaling_group.find(world.aws.autoscaling(place), names=names)
    there = {one.name: one for one in found if not one.going}
    return {step.key: there[step.target.id] for step in steps if step.target.id in there}


def _nothing(every: Found[Group], targets: Targets) -> Words:
    """Say that nothing fits, with the names and tags that come nearest."""
    near = nearest(targets, ((one.name, one.tags) for _, one in every))
    asked = " ".join(asked_for(targets))
    if near:
        return words("No Auto Scaling group fits {asked}. Did you mean {near}?", asked=asked, near=near)
    return words("No Auto Scaling group fits {asked}.", asked=asked)
