"""In which target groups instances are registered, that shall be healthy there when they are started."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from aws import target_group
from aws.account import Place
from aws.instance import Instance
from bot.command import World
from bot.words import Words, words
from commands.ec2._extra import Extra
from commands.reading import Found


@dataclass(frozen=True, slots=True)
class Groups:
    """The target groups of instances, by place and id, as ARNs; and what nobody could see."""

    of: Mapping[tuple[Place, str], tuple[str, ...]]
    notes: tuple[Words, ...] = ()


def of(world: World, found: Found[Instance]) -> Groups:
    """Where each that is stopped is registered; a group is looked at once."""
    of: dict[tuple[Place, str], tuple[str, ...]] = {}
    notes: list[Words] = []
    for place in dict.fromkeys(place for place, one in found if one.state == "stopped"):
        stopped = [one for there, one in found if there == place and one.state == "stopped"]
        extra = Extra(place.account, notes)
        groups = extra.look(partial(_in_place, world, place, stopped), None, _no_groups)
        of |= {(place, id_): arns for id_, arns in (groups or {}).items()}
        nowhere = [one.name or one.id for one in stopped if groups is not None and one.id not in groups]
        notes += [_nowhere(nowhere)] if nowhere else []
    return Groups(of, tuple(notes))


def _in_place(
    world: World, place: Place, stopped: Sequence[Instance]
) -> Mapping[str, tuple[str, ...]] | None:
    ids, vpcs = {one.id for one in stopped}, {one.vpc_id for one in stopped}
    groups = target_group.groups_of(world.aws.elbv2(place), ids, vpcs)
    return {id_: tuple(one.arn for one in theirs) for id_, theirs in groups.items()}


def _no_groups(why: Words) -> Words:
    return words("could not look in which target groups they are: {why}", why=why)


def _nowhere(names: Sequence[str]) -> Words:
    return words(
        "in no target group, so that only their status checks are looked at: {names}",
        names=", ".join(names[:10]) + (" …" if len(names) > 10 else ""),
    )
