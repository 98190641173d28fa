"""/cost month: this month until now, beside last month to the same day."""

from datetime import date

from bot.chart import Chart
from tests.commands.cost.bills import EC2, S3, Bill
from tests.commands.cost.golden import EVERYTHING, agrees, at, daily, new_york, of_day, rows, text


def test_a_month_until_yesterday() -> None:
    with at(new_york(2026, 11, 21), dev=Bill([*daily(EC2, "10"), *daily(S3, "1.5")])) as there:
        plan = agrees(there.plan("/cost month --chart"))
        # 20 x 11.50 either way
        assert text(plan) == [
            "2026-11-01..2026-11-20: $230.00, ±0 % against 2026-10-01..2026-10-20 ($230.00) – provisional"
        ]
        assert rows(plan) == {
            EC2: ("$200.00", "$200.00", "$0.00", "±0 %"),
            S3: ("$30.00", "$30.00", "$0.00", "±0 %"),
            EVERYTHING: ("$230.00", "$230.00", "$0.00", "±0 %"),
        }
        assert isinstance(plan.chart, Chart)
        assert (len(plan.chart.labels), of_day(plan, date(2026, 11, 20))) == (20, "11.5")
        assert plan.chart.provisional == 3  # settled three days after their end: the 17th and before


def test_on_the_first_it_is_the_day_that_is_under_way() -> None:
    first = date(2026, 12, 1)
    with at(new_york(2026, 12, 1), dev=Bill(daily(EC2, "10", first, but={first: "4"}))) as there:
        assert text(there.plan("/cost month")) == ["2026-12-01: $4.00 until now – provisional"]


def test_after_the_post_it_costs_nothing_to_ask() -> None:
    with at(new_york(2026, 11, 21), dev=Bill(daily(EC2, "10"))) as there:
        there.plan("/cost report")
        asked = there.requests()
        for options in ("", "--by account", "--chart"):
            there.plan(f"/cost month {options}", by_the_clock=False)
        assert there.requests() == asked
