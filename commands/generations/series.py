"""A series: the generations of one volume or instance in one place, and what of it goes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aws.account import Place
from aws.tags import Tags
from bot.command import World
from bot.plan import Left, Step
from commands.generations.keep import Keep
from commands.generations.overrides import wanted
from commands.reading import places


@dataclass(frozen=True, slots=True)
class Series:
    """One volume's snapshots or one instance's images in one place, and how many of them stay."""

    of: str  # the volume's or instance's id
    keep: Keep
    new: bool = False  # the same plan makes a generation, which counts as the newest
    after: tuple[str, ...] = ()  # keys of steps that must be done first


@dataclass(frozen=True, slots=True)
class Pruned:
    """What goes in one place, and what would have gone but for something that uses it."""

    steps: tuple[Step, ...] = ()
    left: tuple[Left, ...] = ()


def series(
    world: World, found: Iterable[tuple[Place, str, Tags]], keep: Keep, *, copies: bool
) -> dict[Place, list[Series]]:
    """The series of these, by place: at home, or those of their copies in the other regions.

    The tags of each go before the rule.
    """
    there: dict[Place, list[Series]] = defaultdict(list)
    for home, key, tags in found:
        how = wanted(tags, keep, (), world.aws.regions(home.account), home.region)
        for place in _others(world, home) if copies else (home,):
            there[place].append(Series(key, how.keep))
    return there


def _others(world: World, home: Place) -> Sequence[Place]:
    return tuple(place for place in places(world, (home.account,), ()) if place.region != home.region)
