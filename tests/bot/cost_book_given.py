"""What the tests of the bill that is kept have in common: a week of it, and what is told of it."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.cost_book import CostBook
from bot.costs import BY_SERVICE, Days, Gap, Purpose
from tests.canned import Refusal
from tests.commands.cost.bills import (
    EC2,
    TOKYO,
    Bill,
    Line,
    Morning,
    every_day,
)  # fmt: skip

NINE = datetime(2026, 11, 30, 9, tzinfo=TOKYO)
DAY = date(2026, 11, 29)
WEEK = Days(date(2026, 11, 23), DAY)
POST, QUESTION = Purpose.POST, Purpose.QUESTION
Open = Callable[..., Morning]
SLOW_DOWN = Refusal("ThrottlingException", "slow down")


class Killed(BaseException):
    """As by kill -9."""


def dies() -> None:
    raise Killed


def a_week(amount: str = "10", service: str = EC2, **more: str) -> list[Line]:
    return every_day(WEEK.first, WEEK.last, service, amount, **more)


def total(book: CostBook, days: Days = WEEK, **more: Any) -> dict[str, Decimal]:
    return {one.currency: one.amount for one in book.sums(BY_SERVICE, days, **more)}


def days_asked(bill: Bill) -> list[tuple[str, str]]:
    """Each request's first day, and the one after its last."""
    return [(one["TimePeriod"]["Start"], one["TimePeriod"]["End"]) for one in bill.asked]


def known(book: CostBook) -> set[date]:
    return {state.day for state in book.states(BY_SERVICE, WEEK)}


def said(gaps: tuple[Gap, ...]) -> dict[str, str]:
    return {gap.payer: str(gap.why) for gap in gaps}
