"""Hands for golden cases: bills in a few words, and what a plan says in text, table and chart."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.chart import Chart
from bot.costs import BillRules
from bot.plan import Plan
from commands.bill import money
from tests.commands.cost.bills import Bill, Line, Morning, morning

SUNDAY, SUNDAY_BEFORE = date(2026, 11, 29), date(2026, 11, 22)
SINCE = date(2026, 9, 1)
EVERYTHING = "Σ"
QUIET = BillRules(floor=Decimal(10**6))  # nothing is unusual enough to be told


def new_york(year: int, month: int, day: int) -> datetime:
    """Nine in the morning in New York: what AWS calls yesterday ended 14 hours ago, and is there."""
    return datetime(year, month, day, 14, tzinfo=UTC)


def tokyo(year: int, month: int, day: int) -> datetime:
    """Nine in the morning in Tokyo: what AWS calls yesterday ends at this very moment."""
    return datetime(year, month, day, 0, tzinfo=UTC)


def daily(
    service: str,
    amount: str,
    until: date = SUNDAY,
    *,
    since: date = SINCE,
    but: Mapping[date, str] | None = None,
    **more: str,
) -> list[Line]:
    """The same amount on each of these days, `but` for some; "" is no line at all."""
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    amounts = ((day, (but or {}).get(day, amount)) for day in days)
    return [Line(day, service, much, **more) for day, much in amounts if much]


@contextmanager
def at(moment: datetime, rules: BillRules | None = None, **bills: Bill) -> Iterator[Morning]:
    """A morning with these payers' bills, over a new database."""
    with together(moment, bills, rules) as there:
        yield there


@contextmanager
def together(
    moment: datetime, bills: Mapping[str, Bill], rules: BillRules | None = None
) -> Iterator[Morning]:
    """The same with bills that were gathered before."""
    with TemporaryDirectory() as folder, morning(Path(folder), bills, moment, rules) as there:
        yield there


def post(
    moment: datetime, *lines: list[Line], rules: BillRules | None = None, line: str = "/cost report"
) -> Plan:
    """What the only payer's bill reads at this moment."""
    with at(moment, rules, dev=Bill([one for each in lines for one in each])) as there:
        return there.plan(line)


def text(plan: Plan) -> list[str]:
    """The headline and the notes, without the two that every post ends with."""
    *notes, counts, paid = map(str, plan.notes)
    assert (counts.startswith("Amounts are "), "paid request" in paid) == (True, True)
    return [str(plan.summary), *notes]


def rows(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The table's rows by their names."""
    return {name: tuple(cells) for name, *cells in cells_of(plan)}


def cells_of(plan: Plan) -> list[list[str]]:
    """The table's rows as they read in English."""
    assert plan.table is not None
    return [[str(cell) for cell in row] for row in plan.table.rows]


def number(shown: str) -> Decimal:
    """An amount out of its text: -$1,234.50, CNY 3.00, ¥12."""
    return Decimal(re.sub(r"[^-+0-9.]", "", shown))


def of_day(plan: Plan, day: date) -> str:
    """What the chart shows of a day, all services together and not rounded; "–" where it shows nothing."""
    assert isinstance(plan.chart, Chart)
    column = plan.chart.labels.index(day.isoformat())
    values = [value for one in plan.chart.series if (value := one.values[column]) is not None]
    return f"{sum(values, Decimal(0)):.10f}".rstrip("0").rstrip(".") if values else "–"


def agrees(plan: Plan, day: date | None = None) -> Plan:
    """Assert that parts are the total to the cent, and that text, table and chart of a day say the same."""
    *parts, total = cells_of(plan)
    assert total[0] == EVERYTHING
    for column in (1, 2) if total[2] != "–" else (1,):
        assert sum((number(row[column]) for row in parts), Decimal(0)) == number(total[column]), column
    for row in (*parts, total):
        if row[3] != "–":
            assert number(row[3]) == number(row[1]) - number(row[2]), row
    if day:
        assert isinstance(plan.chart, Chart)
        assert money.text(Decimal(of_day(plan, day)), plan.chart.currency) == total[1]
        assert total[1] in str(plan.summary)
    return plan


def forecast(first: date, last: date, mean: str, low: str, high: str) -> dict[date, tuple[str, str, str]]:
    """The same for each of these days."""
    return {first + timedelta(days=n): (mean, low, high) for n in range((last - first).days + 1)}
