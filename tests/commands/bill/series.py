"""Daily amounts as a bill has them: a hundred on weekdays, half of it on weekends."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

TODAY = date(2026, 11, 19)  # a Thursday
FLOOR = Decimal(10)


def before(day: date = TODAY, days: int = 63) -> list[date]:
    """So many days before this one, the first first."""
    return [day - timedelta(n) for n in range(days, 0, -1)]


def bill(
    amount: Callable[[date], float | Decimal] | None = None, days: int = 63, day: date = TODAY
) -> dict[date, Decimal]:
    """So many days before a day, and the day itself; in cents."""
    of = amount or usual
    return {one: Decimal(f"{of(one):.2f}") for one in [*before(day, days), day]}


def usual(day: date) -> float:
    """What a day costs, with a little noise that depends on the day alone."""
    level = 50 if day.weekday() >= 5 else 100
    return level * (1 + (day.toordinal() * 7 % 11 - 5) / 200)


def with_(
    series: Mapping[date, Decimal], amounts: Mapping[date, float | str | Decimal]
) -> dict[date, Decimal]:
    """The series with some days changed."""
    return {**series, **{day: Decimal(str(amount)) for day, amount in amounts.items()}}
