"""How far the level of a bill has gone: past days as they would be at the level of the last week.  Pure.

The level of a day is the middle of the seven days around it, each less the middle of its own weekday.  So one
odd day moves it nowhere, four days of a new level move it all the way, and weekends are not a lower one.
"""

from datetime import date, timedelta
from decimal import Decimal

from commands.bill.history import Daily, middles
from commands.bill.robust import Weighted, median

_LEAST_OF_A_WEEK = 5  # known days; fewer may be of weekends mostly
_ONE = Decimal(1)


def moved(known: Daily, day: date) -> tuple[Daily, ...]:
    """The past days moved to the level of now by what was added, and, where all is above zero, in proportion.

    What is bought adds to every day alike; what grows with its users multiplies them.
    """
    usual = middles(known, day)
    added = _levels({one: amount - usual[one.weekday()] for one, amount in known.items()}, day, Decimal(0))
    by_sum = {one: amount + added[day] - added[one] for one, amount in known.items()}
    if min(usual.values()) <= 0:
        return (by_sum,)
    grown = _levels({one: amount / usual[one.weekday()] for one, amount in known.items()}, day, _ONE)
    if min(grown.values()) <= 0:
        return (by_sum,)
    return by_sum, {one: amount * grown[day] / grown[one] for one, amount in known.items()}


def _levels(leveled: Daily, day: date, unknown: Decimal) -> dict[date, Decimal]:
    """The level of each day, and of `day` by the week before it; unmoved where too few are known."""
    now = _around(leveled, day - timedelta(4))
    if now is None:
        return dict.fromkeys((*leveled, day), unknown)
    return {one: now if (level := _around(leveled, one)) is None else level for one in leveled} | {day: now}


def _around(leveled: Daily, day: date) -> Decimal | None:
    around = (leveled.get(day + timedelta(n)) for n in range(-3, 4))
    known: Weighted = [(amount, 1) for amount in around if amount is not None]
    return median(known) if len(known) >= _LEAST_OF_A_WEEK else None
