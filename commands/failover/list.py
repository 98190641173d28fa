"""List the failure tests, the newest first, with what each has shown."""

from dataclasses import dataclass

from bot import drill_glance as glance
from bot import verdict as verdicts
from bot import verdict_said
from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.drill import Drill
from bot.plan import Cell, Offer, Plan, Table
from bot.words import plural, words

REPORTS = 5  # that are offered
HEADS = (
    words("Test"),
    words("When"),
    words("What is broken"),
    words("Account"),
    words("What it has shown"),
    words("Who"),
)


@dataclass(frozen=True, slots=True)
class Args:
    """What /failover list is told."""

    most: int = arg(Kind.NUMBER, words("so many at most"), default=10, at_least=1, at_most=50)


def plan(args: Args, world: World) -> Plan:
    """One row for each; nothing changes."""
    found = world.drills.find(most=args.most)
    if not found:
        return Plan(words("There was no failure test yet."))
    return Plan(
        plural("{n} failure test, the newest first", "{n} failure tests, the newest first", len(found)),
        table=Table(HEADS, tuple(_row(world, one) for one in found)),
        offers=tuple(
            Offer(words("Report of #{number}", number=one.number), f"failover report {one.number}")
            for one in found[:REPORTS]
        ),
    )


def _row(world: World, one: Drill) -> tuple[Cell, ...]:
    verdict = verdicts.of(one, world.drills.samples(one.number), world.now)
    return (
        f"#{one.number}",
        f"{one.begun.astimezone(world.zone):%Y-%m-%d %H:%M}",
        glance.title(one),
        f"{one.spec.account}/{one.spec.region}",
        verdict_said.headline(verdict),
        f"<@{one.person}>",
    )


VERB = Verb(
    noun="failover",
    name="list",
    help=words("List the failure tests, the newest first, with what each has shown."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/failover list", "/failover list --most 30"),
)
