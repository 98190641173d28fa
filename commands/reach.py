"""Which instances a command can reach: those that run and whose agent answers; why the others are left."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws import agent
from aws.account import Place
from aws.agent import Agent
from aws.instance import Instance
from bot.command import World
from bot.plan import Left, Resource, Unread
from bot.targets import Targets
from bot.words import Words, words
from commands import instances
from commands.reading import everywhere

IAM = ("ec2:DescribeInstances", "ssm:DescribeInstanceInformation")


@dataclass(frozen=True, slots=True)
class Reach:
    """The instances that are meant, by whether a command can reach them."""

    there: tuple[tuple[Resource, Agent], ...]
    left: tuple[Left, ...]
    unread: tuple[Unread, ...]
    meant: int

    def places(self) -> tuple[Place, ...]:
        """Where there are some that can be reached, each place once."""
        return tuple(dict.fromkeys(target.place for target, _ in self.there))


def find(world: World, targets: Targets, accounts: Sequence[str], regions: Sequence[str]) -> Reach:
    """The instances that are meant.  Raises UsageError when an id, or all of them, are nowhere."""
    found = instances.find(world, targets, accounts, regions)
    running: dict[Place, list[str]] = defaultdict(list)
    for place, one in found:
        if one.state == "running":
            running[place].append(one.id)
    agents = everywhere(running, lambda place: agent.find(world.aws.ssm(place), running[place]))
    unread = {each.place for each in agents.unread}
    known = {(place, one.instance_id): one for place, one in agents}
    rows = [(place, one, known.get((place, one.id))) for place, one in found if place not in unread]
    return Reach(
        there=tuple(
            (instances.resource(place, one), its)
            for place, one, its in rows
            if its is not None and why_not(one, its) is None
        ),
        left=tuple(
            Left(instances.resource(place, one), why)
            for place, one, its in rows
            if (why := why_not(one, its)) is not None
        ),
        unread=(*found.unread, *agents.unread),
        meant=len(found),
    )


def why_not(one: Instance, its: Agent | None) -> Words | None:
    """Why a command cannot reach it; None when it can.  Pure."""
    if one.state != "running":
        return words("it is {state}", state=one.state)
    if its is None:
        return words("Systems Manager knows no agent there: is it installed, and may its role talk to SSM?")
    if its.status == agent.ONLINE:
        return None
    if its.heard is None:
        return words("its agent does not answer ({status})", status=its.status)
    return words("its agent does not answer ({status}) since {heard}", status=its.status, heard=its.heard)


def split(reach: Reach, why: Mapping[Resource, Words]) -> Reach:
    """The same with these left too."""
    return Reach(
        there=tuple((target, its) for target, its in reach.there if target not in why),
        left=(*reach.left, *(Left(target, why[target]) for target, _ in reach.there if target in why)),
        unread=reach.unread,
        meant=reach.meant,
    )
