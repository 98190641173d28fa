"""Which instance is broken: the one that is named, or the one that chance chooses among several."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aws.account import Place
from aws.instance import Instance
from bot.arguments import UsageError
from bot.command import World
from bot.plan import Left, Unread
from bot.targets import Targets
from bot.words import Words, words
from commands import instances
from commands.changes.instance_state import GROUP_TAG
from commands.failover import _beside, _chance, _hazards, _instance
from commands.failover._hazards import Surroundings
from commands.reading import everywhere

CHAOS = ("toban:chaos", "allowed")
"""The tag without which chance never chooses an instance, whatever the policy says of named ones."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Among which instances, and by what."""

    targets: Targets
    vpc: str
    group: str  # an Auto Scaling group
    how: str
    seed: int
    anyway: bool

    def fits(self, one: Instance) -> bool:
        """Whether an instance that the targets name is meant."""
        in_group = not self.group or one.tags.get(GROUP_TAG, "") == self.group
        return in_group and (not self.vpc or one.vpc_id == self.vpc)

    @property
    def is_named(self) -> bool:
        """Whether it is one instance by its id."""
        return len(self.targets.ids) == 1 and not (self.targets.names or self.targets.tags)


@dataclass(frozen=True, slots=True)
class Victim:
    """Who it is, what stands beside it, and how it came to be the one."""

    place: Place
    instance: Instance
    beside: Surroundings
    notes: tuple[Words, ...] = ()
    left: tuple[Left, ...] = ()
    unread: tuple[Unread, ...] = ()


Meant = tuple[Place, Instance]


def find(world: World, asked: Asked, accounts: Sequence[str], regions: Sequence[str]) -> Victim:
    """The one.  Raises UsageError when there is none that may be broken."""
    found = instances.find(world, asked.targets, accounts, regions)
    fit = [(place, one) for place, one in found if asked.fits(one)]
    read = everywhere(dict.fromkeys(place for place, _ in fit), lambda place: [_beside.read(world, place)])
    beside, unread = dict(read.items), (*found.unread, *read.unread)
    seen = [(place, one) for place, one in fit if place in beside]
    if not seen:
        raise UsageError(_nothing(unread))
    if asked.is_named:
        ((place, one),) = seen
        return Victim(place, one, beside[place], unread=unread)
    return _by_chance(world, asked, seen, beside, unread)


def _nothing(unread: Sequence[Unread]) -> Words:
    if unread:
        return words("No instance could be looked at: {why}", why=unread[0].why)
    return words("No instance is all of that at once.")


def _by_chance(
    world: World,
    asked: Asked,
    seen: Sequence[Meant],
    beside: Mapping[Place, Surroundings],
    unread: tuple[Unread, ...],
) -> Victim:
    out = {one.id: why for place, one in seen if (why := why_out(one, beside[place], anyway=asked.anyway))}
    by_id = {one.id: (place, one) for place, one in seen}
    fit = _chance.order((id_ for id_ in by_id if id_ not in out), asked.seed)
    for id_ in fit:
        place, one = by_id[id_]
        if (kept := _instance.protected(world, place, one, asked.how)) is None:
            left = tuple(_left(seen, out))
            return Victim(place, one, beside[place], (_chosen(asked.seed, len(fit)),), left, unread)
        out[id_] = kept
    raise UsageError(words("None of them may be broken: {reasons}", reasons=tuple(_reasons(seen, out))))


def why_out(one: Instance, beside: Surroundings, *, anyway: bool) -> Words | None:
    """Why chance may not choose an instance; None: it may.  Pure."""
    if one.state != "running":
        return words("it is {state}", state=one.state)
    name, value = CHAOS
    if one.tags.get(name, "") != value:
        return words("it lacks the tag {tag}", tag=f"{name}={value}")
    return None if anyway else _hazards.hazard(one, beside)


def _left(seen: Sequence[Meant], out: Mapping[str, Words]) -> Iterator[Left]:
    yield from (Left(instances.resource(place, one), out[one.id]) for place, one in seen if one.id in out)


def _reasons(seen: Sequence[Meant], out: Mapping[str, Words]) -> Iterator[Words]:
    for _, one in seen[:5]:
        yield words("{name}: {why}", name=one.name or one.id, why=out[one.id])


def _chosen(seed: int, count: int) -> Words:
    return words(
        "chosen by chance out of {n} with --seed {seed}: the same seed chooses the same among the same",
        n=str(count),
        seed=str(seed),
    )
