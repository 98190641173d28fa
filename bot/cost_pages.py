"""A bill that comes in pages: which of its days are whole, and what is known of the one that goes on.  Pure.

A page may end anywhere in a day, and says only of its own days whether they are final ("GetCostAndUsage", AWS
Billing and Cost Management API reference).  Days come in their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from aws.cost_explorer import Amount, Page


@dataclass(frozen=True, slots=True)
class Whole:
    """A day of which nothing more can come."""

    day: date
    amounts: tuple[Amount, ...]
    final: bool
    currency: str


@dataclass(frozen=True, slots=True)
class Part:
    """The first day that is still to come, and what the pages before said of it."""

    day: date
    amounts: tuple[Amount, ...] = ()
    final: bool = False
    currency: str = ""


def split(page: Page, before: Part) -> tuple[list[Whole], Part]:
    """The days that are whole with this page, in their order, and the one that goes on with the next.

    On a page that is not the last, a day behind its last amount was not reached,
    and those before `before` are stored.
    """
    amounts = (*before.amounts, *(one for one in page.amounts if one.day >= before.day))
    by_day: dict[date, list[Amount]] = {day: [] for day in page.final if day >= before.day}
    for one in amounts:
        by_day.setdefault(one.day, []).append(one)
    goes_on = max((one.day for one in amounts), default=before.day) if page.token else date.max
    wholes = [_whole(page, before, day, by_day[day]) for day in sorted(by_day) if day < goes_on]
    if not page.token:
        last = max(by_day, default=before.day - timedelta(days=1))
        return wholes, Part(last + timedelta(days=1))
    rest = _whole(page, before, goes_on, by_day.get(goes_on, ()))
    return wholes, Part(goes_on, rest.amounts, rest.final, rest.currency)


def _whole(page: Page, before: Part, day: date, amounts: Sequence[Amount]) -> Whole:
    """A day by this page, and by the pages before where it began there."""
    said = Whole(day, tuple(amounts), page.final.get(day, False), page.currency)
    if day != before.day:
        return said
    return replace(said, final=page.final.get(day, before.final), currency=page.currency or before.currency)
