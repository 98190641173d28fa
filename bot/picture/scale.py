"""Ticks of the axes: few, round, and short enough for a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from babel.dates import format_date
from babel.numbers import get_currency_symbol

from bot.language import language_of

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
UNITS = ((Decimal(10**9), "B"), (Decimal(10**6), "M"), (Decimal(10**3), "k"))
_DAY = {"en": "d MMM", "ja": "M/d"}


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis of money: from where to where, and the round amounts that are written beside it."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]


def scale(low: Decimal, high: Decimal, most: int = 6) -> Scale:
    """The axis for amounts between these; zero is on it."""
    low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = Decimal(1)
    step = _step((high - low) / most)
    first, last = (low / step).to_integral_value(ROUND_CEILING), (high / step).to_integral_value(ROUND_FLOOR)
    return Scale(low, high, tuple(step * index for index in range(int(first), int(last) + 1)))


def _step(least: Decimal) -> Decimal:
    """The smallest round amount that is not less."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(step * power for step in STEPS if step * power >= least)


def money(amount: Decimal, currency: str, language: str) -> str:
    """An amount at a tick: "$1.2k", "−$300", "CHF 50"."""
    size = abs(amount)
    unit, letter = next((each for each in UNITS if size >= each[0]), (Decimal(1), ""))
    number = f"{(size / unit).normalize():f}{letter}"
    symbol = get_currency_symbol(currency, locale=language_of(language)) if currency else ""
    apart = " " if symbol[-1:].isalpha() else ""
    return f"{'−' if amount < 0 else ''}{symbol}{apart}{number}"


def named(labels: Sequence[str], language: str, most: int = 5) -> list[tuple[int, str]]:
    """The few labels that are written below the axis, with their places; days as people write them."""
    step = max(1, -(-len(labels) // most))
    return [(at, short(labels[at], language)) for at in range(0, len(labels), step)]


def short(label: str, language: str) -> str:
    """A day as people write it below an axis; what is no day stays as it is."""
    try:
        day = date.fromisoformat(label)
    except ValueError:
        return label
    spoken = language_of(language)
    return str(format_date(day, _DAY[spoken], locale=spoken))
