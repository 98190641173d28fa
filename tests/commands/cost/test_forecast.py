"""/cost forecast: how AWS expects this month to end, and what the budgets say to that."""

from datetime import date
from decimal import Decimal

from bot.chart import Chart
from bot.costs import Budget
from tests.canned import Refusal
from tests.commands.cost.bills import DEV, EC2, PROD, Bill
from tests.commands.cost.golden import at, daily, forecast, new_york, of_day, text

NINETEENTH = date(2026, 11, 19)
FRIDAY = new_york(2026, 11, 20)
REST = forecast(date(2026, 11, 20), date(2026, 11, 30), "110", "100", "125")
# 19 x 100 and 11 x 110, 100, 125
SAID = (
    "AWS expects $3,110.00 for 2026-11, $3,000.00 to $3,275.00 (its forecast of 2026-11-20;"
    " each day keeps to its bounds in 80 % of cases)"
)
NONE = "AWS has no forecast: it wants some weeks of costs first, and the right ce:GetCostForecast."


def bill(amount: str = "100", account: str = DEV) -> Bill:
    return Bill(daily(EC2, amount, NINETEENTH, account=account), forecast=REST)


def test_aws_own_forecast_with_its_bounds_the_budget_and_a_picture() -> None:
    with at(FRIDAY, dev=bill()) as there:
        there.book.set_budget(Budget("", Decimal(4000), "USD"), "U0SATO")
        plan = there.plan("/cost forecast")
        assert text(plan) == [
            SAID,
            # 1,900 / 4,000 and 3,110 / 4,000
            "Budget (all of it): 48 % of $4,000.00 used, 78 % at the month's end by AWS's forecast",
        ]
        assert isinstance(plan.chart, Chart)
        assert plan.chart.band is not None
        assert (len(plan.chart.labels), len(plan.chart.band.labels)) == (60, 11)
        assert (of_day(plan, NINETEENTH), plan.chart.provisional) == ("100", 3)


def test_after_the_post_it_costs_nothing_to_ask() -> None:
    with at(FRIDAY, dev=bill()) as there:
        there.plan("/cost report")
        asked = there.requests()
        assert text(there.plan("/cost forecast", by_the_clock=False)) == [SAID]
        assert there.requests() == asked == 2


def test_on_the_first_it_is_the_whole_month() -> None:
    """Of today nothing is counted: AWS's forecast has it."""
    first = date(2026, 12, 1)
    december = forecast(first, date(2026, 12, 31), "10", "8", "13")
    there_bill = Bill(daily(EC2, "100", first, but={first: "4"}), forecast=december)
    with at(new_york(2026, 12, 1), dev=there_bill) as there:
        there.book.set_budget(Budget("", Decimal(300), "USD"), "U0SATO")
        there.plan("/cost today")
        assert text(there.plan("/cost forecast")) == [
            # 31 x 10, 8, 13
            (
                "AWS expects $310.00 for 2026-12, $248.00 to $403.00 (its forecast of 2026-12-01;"
                " each day keeps to its bounds in 80 % of cases)"
            ),
            # 310 / 300
            "⚠️ Budget (all of it): 0 % of $300.00 used, 103 % at the month's end by AWS's forecast",
        ]


def test_without_a_forecast_it_says_what_aws_wants_and_makes_none_of_its_own() -> None:
    with at(FRIDAY, dev=Bill(daily(EC2, "100", NINETEENTH))) as there:
        plan = there.plan("/cost forecast")
        assert text(plan) == [NONE]
        assert isinstance(plan.chart, Chart)
        assert plan.chart.band is None


def test_a_right_that_is_missing_is_named() -> None:
    denial = "User: arn:aws:iam::1:role/toban is not authorized to perform: ce:GetCostForecast"
    denied = bill()
    denied.on_ask = lambda: Refusal("AccessDeniedException", denial) if "Metric" in denied.asked[-1] else None
    with at(FRIDAY, dev=denied) as there:
        said, gap = text(there.plan("/cost forecast"))
        assert (said, "lacks ce:GetCostForecast" in gap) == (NONE, True)


def test_a_second_currency_has_its_own_forecast() -> None:
    china = bill("50", account=PROD)
    china.currency = "CNY"
    with at(FRIDAY, dev=bill(), prod=china) as there:
        in_dollars, in_yuan = text(there.plan("/cost forecast"))
        assert in_dollars == SAID
        assert in_yuan.startswith("AWS expects CNY 2,160.00 for 2026-11")  # 19 x 50 and 1,210


def test_nothing_at_all_is_said_to_be_nothing() -> None:
    with at(FRIDAY, dev=Bill([], refusal=Refusal("ThrottlingException", "slow down"))) as there:
        plan = there.plan("/cost forecast")
        assert str(plan.summary) == "Nothing is known of the bill of 2026-09-21..2026-11-19."
