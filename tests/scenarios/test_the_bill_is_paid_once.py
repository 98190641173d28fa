"""Sixty days of a bill: posts, restarts, questions, days on which AWS fails; what is asked of it, and paid.

No day that AWS called final is within any later request, and no morning pays more than two requests a payer.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.costs import BillRules, Days, Purpose
from tests.canned import Refusal
from tests.commands.cost.bills import EC2, OTHER, PROD, RDS, S3, TOKYO, Bill, Morning, every_day, morning

FIRST = datetime(2026, 9, 1, tzinfo=UTC)  # nine in Tokyo
MINUTE = timedelta(minutes=1)
RESTARTS = frozenset({7, 8, 21, 40, 59})
FAILING = frozenset({0, 5, 17, 18, 33})  # AWS asks for patience at nine, and answers half an hour later
DYING = frozenset({12, 44})  # toban is killed over a request, and begins again
QUESTIONS = {
    9: "/cost yesterday",
    10: "/cost today",
    11: "/cost month",
    13: "/cost last-month",
    14: "/cost why",
    16: "/cost forecast",
    19: "/cost yesterday --by region",
    22: "/cost month --by tag:team",
    25: "/cost about",
    26: "/cost budget list",
    29: "/cost report",
    31: "/cost report --of week",
    35: "/cost report --of month",
    36: "/cost last-month --by account",
    39: "/cost why 2026-09-20",
    41: "/cost month --chart",
    45: "/cost last-month --by region",
    48: "/cost yesterday --by usage",
    52: "/cost report --account dev",
    57: "/cost why 2026-09-20",
}
"""Each is asked at noon, and once more an hour later."""


class Killed(BaseException):
    """As by kill -9."""


@dataclass
class Witness:
    """Stands between toban and Cost Explorer: every request, and which days were called final before it."""

    bills: Mapping[str, Bill]
    final: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    answered: Counter[str] = field(default_factory=Counter)
    refusal: Refusal | None = None
    kills: int = 0

    def __post_init__(self) -> None:
        for payer, bill in self.bills.items():
            bill.on_ask = lambda payer=payer, bill=bill: self._see(payer, bill)  # type: ignore[misc]

    def _see(self, payer: str, bill: Bill) -> Refusal | None:
        request = bill.asked[-1]
        days = {f"{day}" for day in asked_days(request)}
        told = self.final.setdefault((payer, cut_of(request)), set())
        if told & days:
            self.broken.append(f"{payer} {cut_of(request)} {sorted(told & days)}")
        if self.kills:
            self.kills -= 1
            raise Killed
        if self.refusal is None:
            told |= {day for day in days if day <= f"{bill.final}"}
            self.answered[payer] += 1
        return self.refusal


def asked_days(request: Mapping[str, Any]) -> Days:
    first, end = (date.fromisoformat(request["TimePeriod"][name]) for name in ("Start", "End"))
    return Days(first, end - timedelta(days=1))


def cut_of(request: Mapping[str, Any]) -> str:
    return json.dumps([request.get("GroupBy", "forecast"), request.get("Filter")])


@dataclass
class Story:
    """The bot that is told it, over one database, whatever happens to its process."""

    folder: Path
    witness: Witness
    rules: BillRules
    stack: ExitStack = field(default_factory=ExitStack)
    there: Morning = field(init=False)

    def begin(self, at: datetime) -> None:
        """Start the process; a second time is a restart."""
        self.stack.close()
        self.there = self.stack.enter_context(morning(self.folder, self.witness.bills, at, self.rules))

    def post(self, at: datetime, *, later: timedelta = timedelta(0)) -> None:
        """The post of a morning, then or made anew."""
        self.there.house.time.at = at + later
        try:
            self.there.plan("/cost report", asked=at)
        except Killed:
            self.begin(at + later + MINUTE)
            self.there.plan("/cost report", asked=at)

    def ask(self, at: datetime, line: str) -> None:
        """Somebody's question."""
        self.there.house.time.at = at
        self.there.plan(line, by_the_clock=False)

    def a_day(self, n: int) -> None:
        """A morning, what was told the morning before, and a question at noon."""
        nine = FIRST + timedelta(days=n)
        close_month(self.witness.bills, nine.date())
        if n in RESTARTS:
            self.begin(nine)
        self.witness.kills = int(n in DYING)
        self.witness.refusal = Refusal("ThrottlingException", "slow down") if n in FAILING else None
        self.post(nine)
        self.witness.refusal = None
        if n in FAILING or n in RESTARTS:
            self.post(nine, later=30 * MINUTE)
        if n:
            self.post(nine - timedelta(days=1), later=timedelta(days=1, minutes=10))
        if n in RESTARTS:
            self.begin(nine + 40 * MINUTE)
        for hour in (3, 4) if n in QUESTIONS else ():
            self.ask(nine + timedelta(hours=hour), QUESTIONS[n])


def close_month(bills: Mapping[str, Bill], today: date) -> None:
    """AWS makes the invoice of a month in the night to the sixth of the next."""
    if today.day == 6:
        for bill in bills.values():
            bill.final = today.replace(day=1) - timedelta(days=1)


def steady(*services: str, **more: str) -> list[Any]:
    first, last = date(2026, 6, 1), date(2026, 11, 1)
    return [line for service in services for line in every_day(first, last, service, "10", **more)]


def ahead() -> dict[date, tuple[str, str, str]]:
    return {date(2026, 9, 1) + timedelta(days=n): ("30", "25", "40") for n in range(100)}


def one_payer() -> dict[str, Bill]:
    return {"dev": Bill(steady(EC2, S3, RDS, tag="web"), forecast=ahead())}


def three_payers() -> dict[str, Bill]:
    """The second stands on the first one's bill; the third is paid in yuan."""
    prod = steady(EC2, account=PROD)
    return {
        "dev": Bill([*steady(EC2, S3, tag="web"), *prod], forecast=ahead()),
        "prod": Bill(prod, forecast=ahead()),
        "other": Bill(steady(RDS, account=OTHER), currency="CNY", forecast=ahead()),
    }


def told(
    bills: Mapping[str, Bill], folder: Path, rules: BillRules, mornings: int
) -> tuple[Witness, Counter[Any]]:
    """The story, and the requests that were paid, or may have been, by payer, purpose and the team's day."""
    witness = Witness(bills)
    story = Story(folder, witness, rules)
    story.begin(FIRST)
    with story.stack:
        for n in range(mornings):
            story.a_day(n)
        paid = [one for one in story.there.book.requests(FIRST) if one.outcome != "failed"]
    return witness, Counter((one.payer, one.purpose, one.at.astimezone(TOKYO).date()) for one in paid)


def total(paid: Counter[Any], purpose: Purpose) -> int:
    return sum(n for (_, why, _), n in paid.items() if why is purpose)


@pytest.mark.parametrize(
    ("bills", "rules", "mornings", "posts", "questions"),
    [
        # the days and the forecast, each morning; of twenty questions, asked twice, five needed one
        (one_payer, BillRules(), 60, 60 * 2, 5),
        # of two payers, and once of the third, until it was known whose bill it is on; today of two payers
        (three_payers, BillRules(tag="team"), 14, 14 * 2 * 2 + 1, 2),
    ],
    ids=["one payer", "three payers and a tag"],
)
def test_no_closed_day_is_paid_twice_and_no_morning_pays_more_than_two_requests(
    bills: Callable[[], dict[str, Bill]],
    rules: BillRules,
    mornings: int,
    posts: int,
    questions: int,
    tmp_path: Path,
) -> None:
    witness, paid = told(bills(), tmp_path, rules, mornings)
    assert witness.broken == []
    assert max(n for (_, why, _), n in paid.items() if why is Purpose.POST) == 2
    in_the_air = len([n for n in DYING if n < mornings])  # they may be paid, though nobody heard the answer
    assert sum(paid.values()) == sum(witness.answered.values()) + in_the_air
    assert (total(paid, Purpose.POST), total(paid, Purpose.QUESTION)) == (posts, questions)
