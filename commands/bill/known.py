"""How far a bill is known: what is provisional, what was corrected or is missing, and when to look again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.command import World
from bot.costs import BY_SERVICE, Cut, Days, Gap
from bot.plan import Plan
from bot.words import Words, words
from commands.bill import money
from commands.bill.figures import Figures
from commands.bill.period import DAY, Period, end, named, stretches

_NONE = Decimal(0)
SOON = timedelta(minutes=30)  # when something could not be read
AFTER = timedelta(minutes=10)  # after the next post, which asks AWS
WHOLE = timedelta(hours=12)
"""After its end most of a day has arrived ("refreshed at least once every 24 hours")."""
FIRST = words("Corrected; at first it said: {said}")
BACK = 7  # days in which the newest whole one is looked for


@dataclass(frozen=True, slots=True)
class Judged:
    """The day that may be compared with others, and the payers of whom it is not there."""

    day: date
    without: tuple[str, ...] = ()


def judge(figures: Figures, last: date) -> Judged:
    """The newest day, until this one, that was asked for long enough after its end to be there nearly whole.

    Of some payer at least: one that cannot be read for a week must not hide what moves at the others.
    """
    for day in (last - n * DAY for n in range(BACK)):
        whole = {one.payer for one in figures.states if one.day == day and one.asked >= end(day) + WHOLE}
        if whole:
            return Judged(day, tuple(sorted(figures.payers - whole)))
    return Judged(last)


def absent(figures: Figures, days: Days) -> tuple[str, ...]:
    """The payers of whom something of these days is not known, though all of it is of another."""
    wanted = figures.known() & set(days)
    there = {(one.payer, one.day) for one in figures.states}
    lacking = {payer for payer in figures.payers if any((payer, day) not in there for day in wanted)}
    return tuple(sorted(lacking)) if lacking < figures.payers else ()


def open_days(world: World, days: Days, cut: Cut = BY_SERVICE, *, closed: bool = False) -> list[date]:
    """The days that may still change, with `closed` until they are final, or of which a payer is missing."""
    settled: dict[date, set[str]] = {}
    for state in world.costs.states(cut, days):
        if state.final or (state.settled and not closed):
            settled.setdefault(state.day, set()).add(state.payer)
    payers = set(world.costs.payers())
    return [day for day in days if payers - settled.get(day, set())]


def newest_open(world: World, days: Days, cut: Cut = BY_SERVICE) -> int:
    """How many of the last days may still change; one that is missing further back does not count."""
    still_open, n = set(open_days(world, days, cut)), 0
    while n < len(days) and days.last - n * DAY in still_open:
        n += 1
    return n


def corrections(figures: Figures, day: date) -> list[Words]:
    """What was said first of a day, where it reads otherwise now."""
    currency, ours = figures.currency, [one for one in figures.states if one.day == day]
    first, now = sum((one.first for one in ours), _NONE), sum((one.total for one in ours), _NONE)
    was, is_ = money.text(first, currency), money.text(now, currency)
    if was == is_:
        return []
    return [
        words(
            "Corrected: {days} was {was} as AWS reported it first, and is {now} now ({difference})",
            days=day.isoformat(),
            was=was,
            now=is_,
            difference=money.difference(first, now, currency),
        )
    ]


def said_first(told: Plan | None, now: Words) -> list[Words]:
    """What a message said when it was posted, where it says something else now; kept while it is made anew.

    One that had no figures is completed, not corrected.
    """
    if told is None or told.table is None:
        return []
    kept = [note for note in told.notes if note.text == FIRST.text]
    if kept or _figures(told.summary) == _figures(now):
        return kept
    return [words("Corrected; at first it said: {said}", said=told.summary)]


def _figures(said: Words) -> str:
    """A headline without whether it may change."""
    return str(said).removesuffix(" – provisional")


def missing(gaps: Iterable[Gap]) -> list[Words]:
    """Whose figures could not be read, and why."""
    whys = dict.fromkeys((gap.payer, gap.why) for gap in gaps)
    return [words("⚠️ Not up to date: {payer}: {why}", payer=payer, why=why) for payer, why in whys]


def unknown(figures: Figures, *periods: Period) -> list[Words]:
    """The days of these periods, and of what they are compared with, of which nothing is known."""
    days = sorted({day for one in periods for day in (*one.days, *one.before)} - figures.known())
    if not days:
        return []
    return [words("Not known, and not counted: {days}", days=", ".join(map(named, stretches(days))))]


def again(world: World, gaps: Sequence[Gap], still_open: Sequence[date]) -> datetime | None:
    """When the report is made anew: soon while something is missing, then each day until all has settled."""
    if gaps and world.now < world.due + DAY:
        return world.now + SOON
    if not gaps and not still_open:
        return None
    tomorrow = world.due + DAY
    while tomorrow + AFTER <= world.now:
        tomorrow += DAY
    return tomorrow + AFTER
