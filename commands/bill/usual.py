"""What a day was to be expected to cost, by the days before it, and how far such days vary.  Pure.

A bill has a weekday rhythm, moves slowly, and pays some things once a month.  So there are several answers:
the same weekday of the last weeks; those, moved by how far the level has gone since; and the same day of the
months before.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bot.words import Words, plural, words
from commands.bill.history import Daily, alike, middles, past, weighted
from commands.bill.level import moved
from commands.bill.robust import Weighted, deviation, median

LEAST_DAYS = 28  # of history, else nothing is expected
LEAST_PART = Decimal("0.2")  # of an amount; less is no difference worth a word
_LEAST_SPREAD = Decimal("0.02")  # of an amount: what never varied may vary so far
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Usual:
    """An amount that was to be expected, and from what that is known."""

    amount: Decimal
    by: Words


def is_known(series: Daily, day: date) -> bool:
    """Whether the days before say what to expect: 28 of the last eight weeks do.

    Of a first of a month an earlier first does, too: on it AWS charges tax, support and fees.
    """
    enough = len(past(series, day)) >= LEAST_DAYS
    return enough and (day.day > 1 or any(_same_days(series, day)))


def expected(series: Daily, day: date) -> Iterator[Usual]:
    """Each answer to what this day was to cost; it must be known."""
    known = past(series, day)
    days, by = alike(known, day)
    yield Usual(median(weighted(known, days, day)), by)
    levels = [median(weighted(one, days, day)) for one in moved(known, day)]
    for level in levels:
        yield Usual(level, words("{by}, and how far the level has moved since", by=by))
    yield from _of_months(series, day, levels[0])


def spread(series: Daily, day: date, amount: Decimal) -> Decimal:
    """How far days like this one lie from what was expected of them, by median; above zero.

    Of the days most like it, or of every day by its own weekday when that is more: a few days may agree by
    chance.  `amount` is what is expected of this day.
    """
    known = past(series, day)
    days, _ = alike(known, day)
    varied = [_varied(one, days, day) for one in moved(known, day)]
    return max(*varied, _LEAST_SPREAD * abs(amount), _CENT)


def _varied(known: Daily, days: list[date], day: date) -> Decimal:
    samples = weighted(known, days, day)
    middle = median(samples)
    return max(deviation(samples, middle), _noise(known, day) * abs(middle))


def _noise(known: Daily, day: date) -> Decimal:
    """How far days lie from the middle of their own weekday, as a part of it."""
    usual = {weekday: middle for weekday, middle in middles(known, day).items() if middle}
    days = [one for one in known if one.weekday() in usual]
    parts = {one: abs(known[one] / usual[one.weekday()] - 1) for one in days}
    return median(weighted(parts, days, day)) if days else Decimal(0)


def _of_months(series: Daily, day: date, level: Decimal) -> Iterator[Usual]:
    """The level, and what the same day of the months before had above the weeks around it, if that was much.

    For the first of a month one month before is enough; for other days, two that agree: once is no rule.
    """
    above = sorted((_above(series, one, day) for one in _same_days(series, day)), key=abs)
    if len(above) > 1 or (above and day.day == 1):
        more = above[(len(above) - 1) // 2]
        by = plural("this day of the month before", "this day of the {n} months before", len(above))
        if abs(more) >= LEAST_PART * abs(level):
            yield Usual(level + more, by)


def _same_days(series: Daily, day: date) -> Iterator[date]:
    """This day of the three months before, where it is known; the last of a month that is too short."""
    for n in (1, 2, 3):
        year, month = divmod(day.year * 12 + day.month - 1 - n, 12)
        one = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        if one in series:
            yield one


def _above(series: Daily, day: date, end: date) -> Decimal:
    """How much more a day cost than the same weekday of the four weeks before and after it, up to an end."""
    around = (day + timedelta(7 * n) for n in range(-4, 5) if n)
    near: Weighted = [(series[one], 1) for one in around if one in series and one < end]
    return series[day] - median(near) if near else Decimal(0)
