"""Show what the figures count, how far they are known, and what asking AWS for them costs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.command import Risk, Verb, World
from bot.costs import BY_SERVICE, Days, DayState, Purpose
from bot.plan import Plan, Table
from bot.words import Words, plural, words
from commands.bill import money
from commands.bill.period import today
from commands.bill.told import CENT, midnight, what_counts
from commands.reading import table

KEPT = timedelta(days=430)


@dataclass(frozen=True, slots=True)
class Args:
    """What /cost about is told: nothing."""


def plan(_args: Args, world: World) -> Plan:
    """A row for each payer; asks AWS nothing."""
    now = today(world.due)
    states = world.costs.states(BY_SERVICE, Days(now - KEPT, now))
    month = midnight(world, world.now).replace(day=1)
    paid = [one for one in world.costs.requests(month) if one.outcome != "failed"]
    price = money.text(len(paid) * CENT, "USD")
    summary = plural(
        "{n} paid request of Cost Explorer this month ({price})",
        "{n} paid requests of Cost Explorer this month ({price})",
        len(paid),
        price=price,
    )
    return Plan(summary, notes=(what_counts(world), *_rules(world)), table=_table(world, states))


def _table(world: World, states: Sequence[DayState]) -> Table:
    """How many requests were made today, and how far back each payer's days are known."""
    made = Counter(
        (one.payer, one.purpose)
        for one in world.costs.requests(midnight(world, world.now))
        if one.outcome != "failed"
    )
    rows = []
    for payer in world.costs.payers():
        ours = [state for state in states if state.payer == payer]
        last = max((state.asked for state in ours), default=None)
        rows.append(
            (
                payer,
                str(made[payer, Purpose.POST]),
                str(made[payer, Purpose.QUESTION]),
                f"{ours[0].day}..{ours[-1].day}" if ours else "–",
                str(sum(not state.final for state in ours)),
                f"{last.astimezone(world.zone):%Y-%m-%d %H:%M}" if last else "–",
            )
        )
    heads = (
        words("Payer"), words("Post today"), words("Questions today"), words("Days"),
        words("Not final"), words("Asked"),
    )  # fmt: skip
    return table(heads, rows)


def _rules(world: World) -> tuple[Words, ...]:
    rules = world.costs.rules
    return (
        words(
            "At most {posts} requests a payer and day for the post, and {questions} for questions;"
            " each costs {price}.",
            posts=rules.posts,
            questions=rules.questions,
            price=money.text(CENT, "USD"),
        ),
        words(
            "A day is asked for until it has settled, three days after its end,"
            " and again when its month is invoiced."
        ),
    )


VERB = Verb(
    noun="cost",
    name="about",
    help=words("Show what the figures count, how far they are known, and what asking AWS for them costs."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/cost about",),
)
