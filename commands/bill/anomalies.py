"""Days that cost far more, or far less, than was to be expected: of a service, an account or a total.  Pure.

A day is an anomaly when none of several comparisons (`usual`) finds it ordinary: it lies far from each in
money, in part, and by how far days like it vary.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.words import Words, words
from commands.bill import money, usual
from commands.bill.history import Daily
from commands.bill.robust import PART
from commands.bill.usual import Usual

SCORE = Decimal("3.5")  # a modified z-score above it is an outlier (Iglewicz and Hoaglin)


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A day far from what was to be expected of it."""

    day: date
    key: str
    amount: Decimal
    expected: Decimal
    low: Decimal  # up to here, and from there, it would have been ordinary
    high: Decimal
    difference: Decimal  # above zero: it cost more
    score: Decimal  # the modified z-score: how far, by how far days like it vary
    why: Words


def detect(series: Daily, day: date, floor: Decimal, *, key: str = "", currency: str = "") -> Anomaly | None:
    """Whether this day of a series is an anomaly, by the days before it alone; None: no, or nobody can say.

    `floor` is the least difference that counts, in the bill's currency.
    """
    if day not in series or not usual.is_known(series, day):
        return None
    amount, answers = series[day], []
    for one in usual.expected(series, day):
        if abs(amount - one.amount) < _least(one, floor):
            return None
        answers.append(one)
    nearest = min(answers, key=lambda one: abs(amount - one.amount))
    spread = usual.spread(series, day, nearest.amount)
    margin = max(_least(nearest, floor), SCORE * spread / PART)
    difference = amount - nearest.amount
    if abs(difference) < margin:
        return None
    low, high = _lowest(series, day, nearest.amount - margin), nearest.amount + margin
    score = abs(difference) * PART / spread
    why = _why(nearest, low, high, currency)
    return Anomaly(day, key, amount, nearest.amount, low, high, difference, score, why)


def _least(expected: Usual, floor: Decimal) -> Decimal:
    return max(floor, usual.LEAST_PART * abs(expected.amount))


def _lowest(series: Daily, day: date, low: Decimal) -> Decimal:
    """Nobody expects less than nothing of what never cost less."""
    credited = any(amount < 0 for one, amount in series.items() if one < day)
    return low if credited else max(low, Decimal(0))


def _why(expected: Usual, low: Decimal, high: Decimal, currency: str) -> Words:
    return words(
        "{expected} was to be expected, between {low} and {high}, by {by}",
        expected=money.text(expected.amount, currency),
        low=money.text(low, currency),
        high=money.text(high, currency),
        by=expected.by,
    )
