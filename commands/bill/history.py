"""The weeks before a day of a bill, and which of their days are like it.  Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from bot.words import Words, words
from commands.bill.robust import Weighted, median

Daily = Mapping[date, Decimal]
"""One amount a day; a day that is not known is absent, a known day without cost is there with zero."""

WEEKS = 8
_LEAST_OF_A_WEEKDAY = 4  # fewer say too little
_LEAST_OF_A_KIND = 8  # the same for weekdays, and for days of weekends


def past(series: Daily, day: date) -> dict[date, Decimal]:
    """What is known of the eight weeks before a day, the day itself left out."""
    days = (day - timedelta(n) for n in range(1, 7 * WEEKS + 1))
    return {one: series[one] for one in days if one in series}


def alike(known: Iterable[date], day: date) -> tuple[list[date], Words]:
    """The days to compare with, and what they are: the same weekday, else its kind, else all of them."""
    days = list(known)
    same = [one for one in days if one.weekday() == day.weekday()]
    if len(same) >= _LEAST_OF_A_WEEKDAY:
        return same, words("this weekday of the {n} weeks before", n=len(same))
    kind = [one for one in days if _is_weekend(one) == _is_weekend(day)]
    if len(kind) < _LEAST_OF_A_KIND:
        return days, words("the {n} days before", n=len(days))
    if _is_weekend(day):
        return kind, words("the {n} days of weekends before", n=len(kind))
    return kind, words("the {n} weekdays before", n=len(kind))


def weighted(known: Daily, days: Iterable[date], day: date) -> Weighted:
    """These days' amounts; later weeks count for more.

    So a new level is the middle after three weeks, and two odd weeks are not.
    """
    return [(known[one], WEEKS - ((day - one).days - 1) // 7) for one in days]


def middles(known: Daily, day: date) -> dict[int, Decimal]:
    """The middle of each weekday that is known, by its number."""
    days: dict[int, list[date]] = {}
    for one in known:
        days.setdefault(one.weekday(), []).append(one)
    return {weekday: median(weighted(known, ones, day)) for weekday, ones in days.items()}


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5
