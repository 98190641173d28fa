"""Show the failure tests that are under way: how far they are, and how users fare now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot import drill_glance as glance
from bot.command import Risk, Verb, World
from bot.drill import Drill
from bot.drill_glance import Standing
from bot.plan import Cell, Offer, Plan, Table
from bot.words import Words, plural, words

NEWEST = timedelta(minutes=3)  # of the answers that are read: "now" is less, and "noticed" is told elsewhere
HEADS = (
    words("Test"),
    words("What is broken"),
    words("Account"),
    words("How far"),
    words("Users now"),
    words("Who"),
)


@dataclass(frozen=True, slots=True)
class Args:
    """/failover status is told nothing."""


def plan(_args: Args, world: World) -> Plan:
    """One row for each; nothing changes."""
    found = world.drills.find(open_only=True)
    if not found:
        return Plan(words("No failure test is under way."))
    return Plan(
        plural("{n} failure test is under way.", "{n} failure tests are under way.", len(found)),
        notes=tuple(note for one in found for note in _notes(world, one, several=len(found) > 1)),
        table=Table(HEADS, tuple(_row(world, one) for one in found)),
        offers=tuple(
            Offer(words("Abort #{number}", number=one.number), f"failover abort {one.number}")
            for one in found
        ),
    )


def _row(world: World, one: Drill) -> tuple[Cell, ...]:
    samples = world.drills.samples(one.number, world.now - NEWEST)
    worst = min(glance.standings(one, samples, world.now), key=_share, default=None)
    return (
        f"#{one.number}",
        glance.title(one),
        f"{one.spec.account}/{one.spec.region}",
        glance.phase(one),
        glance.standing(worst) if worst else "–",
        f"<@{one.person}>",
    )


def _share(one: Standing) -> int:
    """Who fares worst first; what was not answered for stands behind what is."""
    return 101 if one.share is None else one.share


def _notes(world: World, one: Drill, *, several: bool) -> Iterator[Words]:
    """What comes next by itself."""
    for said in glance.course(one, world.now):
        yield words("#{number}: {said}", number=one.number, said=said) if several else said


VERB = Verb(
    noun="failover",
    name="status",
    help=words("Show the failure tests that are under way, and how users fare."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/failover status",),
)
