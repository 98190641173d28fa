"""Golden cases: AWS's forecast with its bounds, and budgets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.chart import Chart
from bot.costs import Budget
from bot.plan import Plan
from tests.commands.cost.bills import EC2, PROD, Bill, Morning
from tests.commands.cost.golden import agrees, at, daily, forecast, new_york, text, together, tokyo

FRIDAY = new_york(2026, 11, 20)  # eleven days are to come
NINETEENTH = date(2026, 11, 19)
REST = forecast(date(2026, 11, 20), date(2026, 11, 30), "110", "100", "125")
DECEMBER = forecast(date(2026, 12, 1), date(2026, 12, 31), "10", "8", "13")
# 19 x 100 = 1,900 until the 19th; 11 x 110 = 1,210, 11 x 100 = 1,100, 11 x 125 = 1,375
NOVEMBER = (
    "AWS expects $3,110.00 for 2026-11, $3,000.00 to $3,275.00"
    " (its forecast of 2026-11-20; each day keeps to its bounds in 80 % of cases)"
)


@contextmanager
def a_friday(moment: datetime = FRIDAY, *budgets: Budget, **more: Bill) -> Iterator[Morning]:
    bill = Bill(daily(EC2, "100", date(2026, 11, 19)), forecast=REST)
    with together(moment, {"dev": bill, **more}) as there:
        for budget in budgets:
            there.book.set_budget(budget, "U0SATO")
        yield there


def budget(amount: str, account: str = "", currency: str = "USD") -> Budget:
    return Budget(account, Decimal(amount), currency)


def lines(plan: Plan, begin: str) -> list[str]:
    return [one for one in text(plan) if begin in one]


def test_the_forecast_is_aws_own_with_its_interval_and_a_band_in_the_picture() -> None:
    with a_friday() as there:
        plan = agrees(there.plan("/cost report"), NINETEENTH)
        assert lines(plan, "AWS expects") == [NOVEMBER]
        assert isinstance(plan.chart, Chart)
        band = plan.chart.band
        assert band is not None
        assert (band.labels[0], band.labels[-1]) == ("2026-11-20", "2026-11-30")
        assert (sum(band.mean), sum(band.low), sum(band.high)) == (1210, 1100, 1375)


def test_without_a_forecast_nothing_is_said_of_one() -> None:
    with a_friday(dev=Bill(daily(EC2, "100", NINETEENTH))) as there:
        plan = agrees(there.plan("/cost report"), NINETEENTH)
        assert lines(plan, "AWS expects") == []
        assert isinstance(plan.chart, Chart)
        assert plan.chart.band is None


def test_the_forecasts_of_two_payers_are_added() -> None:
    prod = Bill(daily(EC2, "50", NINETEENTH, account=PROD), forecast=REST)
    with a_friday(prod=prod) as there:
        plan = agrees(there.plan("/cost report"), NINETEENTH)
        # 19 x 150 = 2,850; and twice 1,210, 1,100, 1,375
        assert lines(plan, "AWS expects")[0].startswith(
            "AWS expects $5,270.00 for 2026-11, $5,050.00 to $5,600.00"
        )


def test_a_forecast_of_one_payer_alone_is_no_forecast_of_two() -> None:
    with a_friday(prod=Bill(daily(EC2, "50", NINETEENTH, account=PROD))) as there:
        assert lines(there.plan("/cost report"), "AWS expects") == []


def test_each_currency_has_the_forecasts_of_its_own_payers() -> None:
    china = Bill(daily(EC2, "50", NINETEENTH, account=PROD), currency="CNY", forecast=REST)
    with a_friday(prod=china) as there:
        in_dollars, in_yuan = lines(there.plan("/cost report"), "AWS expects")
        assert in_dollars == NOVEMBER
        # 19 x 50 = 950; 950 + 1,210
        assert in_yuan.startswith("AWS expects CNY 2,160.00 for 2026-11, CNY 2,050.00 to CNY 2,325.00")


def test_on_the_first_the_forecast_is_of_the_month_that_begins_and_so_is_its_band() -> None:
    first = new_york(2026, 12, 1)
    bill = Bill(daily(EC2, "100", date(2026, 11, 30)), forecast=DECEMBER)
    with at(first, dev=bill) as there:
        there.book.set_budget(budget("2900"), "U0SATO")
        plan = agrees(there.plan("/cost report"), date(2026, 11, 30))
        assert text(plan)[1:] == [
            "Month to date: 2026-11: $3,000.00, ±0 % against 2026-10-01..2026-10-30 ($3,000.00)",
            # 31 x 10, 8, 13
            (
                "AWS expects $310.00 for 2026-12, $248.00 to $403.00 (its forecast of 2026-12-01;"
                " each day keeps to its bounds in 80 % of cases)"
            ),
            # of November: 3,000 / 2,900 = 1.0345; December's forecast says nothing of it
            "⚠️ Budget (all of it): 103 % of $2,900.00 used",
        ]
        assert isinstance(plan.chart, Chart)
        assert plan.chart.band is not None
        assert len(plan.chart.band.labels) == 31
        # and who asks for it later that day finds all of it
        assert "AWS expects $310.00 for 2026-12" in str(there.plan("/cost forecast").summary)


@pytest.mark.parametrize(
    ("amount", "line"),
    [
        # 1,900 / 4,000 = 0.475; 3,110 / 4,000 = 0.7775
        ("4000", "Budget (all of it): 48 % of $4,000.00 used, 78 % at the month's end by AWS's forecast"),
        # 1,900 / 15,200 = 0.125, half a percent up; 3,110 / 15,200 = 0.2046
        ("15200", "Budget (all of it): 13 % of $15,200.00 used, 20 % at the month's end by AWS's forecast"),
        # 1,900 / 3,000 = 0.6333; 3,110 / 3,000 = 1.0367
        ("3000", "⚠️ Budget (all of it): 63 % of $3,000.00 used, 104 % at the month's end by AWS's forecast"),
        # 1,900 / 1,900; 3,110 / 1,900 = 1.6368
        ("1900", "⚠️ Budget (all of it): 100 % of $1,900.00 used, 164 % at the month's end by AWS's forecast"),
        # 1,900 / 1,500 = 1.2667; 3,110 / 1,500 = 2.0733
        ("1500", "⚠️ Budget (all of it): 127 % of $1,500.00 used, 207 % at the month's end by AWS's forecast"),
    ],
)
def test_a_budget_that_is_used_up_or_will_be_by_the_forecast_stands_out(amount: str, line: str) -> None:
    with a_friday(FRIDAY, budget(amount)) as there:
        assert lines(there.plan("/cost report"), "Budget") == [line]


def test_the_budget_of_an_account_has_no_forecast_since_aws_has_none_of_it() -> None:
    prod = Bill(daily(EC2, "50", NINETEENTH, account=PROD), forecast=REST)
    with a_friday(FRIDAY, budget("1000", "prod"), budget("1900", "dev"), prod=prod) as there:
        assert lines(there.plan("/cost report"), "Budget") == [
            # 19 x 100, to the cent; 19 x 50 / 1,000 = 0.95
            "⚠️ Budget (dev): 100 % of $1,900.00 used",
            "Budget (prod): 95 % of $1,000.00 used",
        ]
        assert lines(there.plan("/cost report --account prod"), "Budget") == [
            "Budget (prod): 95 % of $1,000.00 used"
        ]


def test_a_budget_in_yuan_is_held_against_the_bill_in_yuan() -> None:
    china = Bill(daily(EC2, "50", NINETEENTH, account=PROD), currency="CNY")
    with a_friday(FRIDAY, budget("1000", "prod", "CNY"), prod=china) as there:
        assert lines(there.plan("/cost report"), "Budget") == ["Budget (prod): 95 % of CNY 1,000.00 used"]


def test_in_tokyo_the_forecast_is_corrected_with_the_day_that_was_only_there_in_part() -> None:
    """The 19th had 20 at first and 100 in the end: 18 x 100 + 20 + 1,210, then 80 more."""
    moment = tokyo(2026, 11, 20)
    bill = Bill(daily(EC2, "100", NINETEENTH, but={NINETEENTH: "20"}), forecast=REST)
    with a_friday(moment, dev=bill) as there:
        assert lines(there.plan("/cost report"), "AWS expects")[0].startswith("AWS expects $3,030.00 ")
        bill.lines = daily(EC2, "100", NINETEENTH)
        there.house.time.at = datetime(2026, 11, 21, 0, 10, tzinfo=UTC)
        plan = there.plan("/cost report", asked=moment)
        assert lines(plan, "AWS expects") == [NOVEMBER]
