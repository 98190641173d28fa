"""How far a bill is known: what is provisional, what was corrected or is missing, and when to look again."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.command import World
from bot.costs import BY_SERVICE, Cut, Days, DayState, Gap
from bot.words import Words, words
from commands.bill import money
from commands.bill.period import DAY, end, named

_NONE = Decimal(0)
SOON = timedelta(minutes=30)  # when something could not be read
AFTER = timedelta(minutes=10)  # after the next post, which asks AWS
WHOLE = timedelta(
    hours=12
)  # after its end most of a day has arrived ("refreshed at least once every 24 hours")


def is_whole(world: World, day: date, states: Iterable[DayState]) -> bool:
    """Whether every payer's day was asked for long enough after its end for most of it to be there."""
    asked = {state.payer: state.asked for state in states if state.day == day}
    return all(payer in asked and asked[payer] >= end(day) + WHOLE for payer in world.costs.payers())


def open_days(world: World, days: Days, cut: Cut = BY_SERVICE) -> list[date]:
    """The days that may still change, or of which a payer is missing."""
    settled: dict[date, set[str]] = {}
    for state in world.costs.states(cut, days):
        if state.settled:
            settled.setdefault(state.day, set()).add(state.payer)
    payers = set(world.costs.payers())
    return [day for day in days if payers - settled.get(day, set())]


def corrections(states: Sequence[DayState], days: Days, currency: str) -> list[Words]:
    """What was said first, where it reads otherwise now."""
    ours = [one for one in states if one.day in set(days) and one.currency == currency]
    first, now = sum((one.first for one in ours), _NONE), sum((one.total for one in ours), _NONE)
    was, is_ = money.text(first, currency), money.text(now, currency)
    if was == is_:
        return []
    return [
        words(
            "Corrected: {days} was {was} as AWS reported it first, and is {now} now ({difference})",
            days=named(days),
            was=was,
            now=is_,
            difference=money.text(now - first, currency, sign=True),
        )
    ]


def missing(gaps: Iterable[Gap]) -> list[Words]:
    """Whose figures could not be read, and why."""
    whys = dict.fromkeys((gap.payer, gap.why) for gap in gaps)
    return [words("⚠️ Not up to date: {payer}: {why}", payer=payer, why=why) for payer, why in whys]


def again(world: World, gaps: Sequence[Gap], days: Days) -> datetime | None:
    """When the report is made anew: soon while something is missing, then each day until all has settled."""
    if gaps and world.now < world.due + DAY:
        return world.now + SOON
    if not gaps and not open_days(world, days):
        return None
    tomorrow = world.due + DAY
    while tomorrow + AFTER <= world.now:
        tomorrow += DAY
    return tomorrow + AFTER
