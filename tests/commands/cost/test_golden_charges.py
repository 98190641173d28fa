"""Golden cases: credits, refunds, tax, savings plans, reservations, and cents."""

from datetime import date
from decimal import Decimal

from bot.costs import BillRules, LeftOut, Metric
from bot.plan import Plan
from tests.commands.cost.bills import EC2, RDS, S3, TAX, Line
from tests.commands.cost.golden import (
    EVERYTHING,
    QUIET,
    SUNDAY,
    SUNDAY_BEFORE,
    agrees,
    daily,
    new_york,
    number,
    of_day,
    post,
    rows,
    text,
)  # fmt: skip

MONDAY = new_york(2026, 11, 30)
SAVINGS = "Savings Plans for AWS Compute usage"


def counts(plan: Plan) -> str:
    """What the post says of what it counts."""
    return str(plan.notes[-2])


def test_a_credit_larger_than_the_charges_makes_a_day_below_zero() -> None:
    credit = [Line(SUNDAY, EC2, "-250", record="Credit")]
    plan = agrees(post(MONDAY, daily(EC2, "100"), daily(S3, "20"), credit, rules=QUIET), SUNDAY)
    assert text(plan) == [
        # 100 - 250 + 20; a percentage into less than nothing means nothing
        "The bill of 2026-11-29: -$130.00, – against 2026-11-22 ($120.00) – provisional",
        # 29 x 120 - 250 = 3,230; 29 x 120 = 3,480; 0.9282
        "Month to date: 2026-11-01..2026-11-29: $3,230.00, -7 % against 2026-10-01..2026-10-29 ($3,480.00)",
    ]
    assert rows(plan) == {
        EC2: ("-$150.00", "$100.00", "-$250.00", "–"),
        S3: ("$20.00", "$20.00", "$0.00", "±0 %"),
        EVERYTHING: ("-$130.00", "$120.00", "-$250.00", "–"),
    }
    assert of_day(plan, SUNDAY) == "-130"
    assert "with credits, refunds and tax" in counts(plan)


def test_credits_refunds_and_tax_that_are_left_out_are_in_no_figure() -> None:
    odd = [
        Line(SUNDAY, EC2, "-250", record="Credit"),
        Line(SUNDAY, S3, "-5", record="Refund"),
        Line(SUNDAY, TAX, "12", record="Tax"),
    ]
    rules = BillRules(left_out=(LeftOut.CREDITS, LeftOut.REFUNDS, LeftOut.TAX))
    plan = agrees(post(MONDAY, daily(EC2, "100"), daily(S3, "20"), odd, rules=rules), SUNDAY)
    assert rows(plan)[EVERYTHING] == ("$120.00", "$120.00", "$0.00", "±0 %")
    assert counts(plan) == (
        "Amounts are as charged on each day (unblended), without credits, refunds, tax; days are days of UTC."
    )


def test_a_refund_is_a_day_that_cost_less() -> None:
    refund = [Line(SUNDAY, RDS, "-30.10", record="Refund")]
    plan = agrees(post(MONDAY, daily(RDS, "45.05"), refund, rules=QUIET), SUNDAY)
    # 45.05 - 30.10 = 14.95; 14.95 / 45.05 = 0.3319
    assert rows(plan)[RDS] == ("$14.95", "$45.05", "-$30.10", "-67 %")


def test_a_day_before_below_zero_compares_without_a_percentage() -> None:
    credit = [Line(SUNDAY_BEFORE, EC2, "-130", record="Credit")]
    plan = agrees(post(MONDAY, daily(EC2, "100"), credit, rules=QUIET), SUNDAY)
    # 100; 100 - 130 = -30
    assert rows(plan)[EC2] == ("$100.00", "-$30.00", "+$130.00", "–")


def test_a_savings_plan_is_spread_over_its_days_where_the_config_says_so() -> None:
    """AWS answers the metric that is asked for; the post says which."""
    covered = [Line(SUNDAY, EC2, "-60", record="SavingsPlanNegation"), Line(SUNDAY, SAVINGS, "48")]
    rules = BillRules(metric=Metric.NET_AMORTIZED, floor=Decimal(10**6))
    plan = agrees(post(MONDAY, daily(EC2, "100"), covered, rules=rules), SUNDAY)
    assert rows(plan) == {
        EC2: ("$40.00", "$100.00", "-$60.00", "-60 %"),
        SAVINGS: ("$48.00", "$0.00", "+$48.00", "🆕"),
        EVERYTHING: ("$88.00", "$100.00", "-$12.00", "-12 %"),
    }
    assert counts(plan).startswith(
        "Amounts are spread over their days, after discounts (net amortized), with"
    )


def test_a_reservation_that_is_paid_upfront_stands_on_its_day_alone() -> None:
    """Unblended: as charged.  It is told as unusual, with the account that paid."""
    upfront = [Line(SUNDAY, RDS, "1825", record="RIFee")]
    plan = agrees(post(MONDAY, daily(RDS, "24"), upfront), SUNDAY)
    assert text(plan)[:2] == [
        # 24 + 1,825 = 1,849; 1,849 / 24 is more than ten times
        "The bill of 2026-11-29: $1,849.00, > +999 % against 2026-11-22 ($24.00) – provisional",
        f"⚠️ {RDS}: $1,849.00 on 2026-11-29 instead of about $24.00 (+$1,825.00, most of it dev)",
    ]
    assert of_day(plan, date(2026, 11, 28)) == "24"


def test_many_tiny_services_are_shown_with_parts_that_sum_to_the_total_to_the_cent() -> None:
    """Forty of $0.0049: each alone would be nothing, together they are 19.6 cents."""
    tiny = [daily(f"service {n:02d}", "0.0049") for n in range(40)]
    plan = agrees(post(MONDAY, daily(EC2, "3.333"), *tiny), SUNDAY)
    # 3.333 + 40 x 0.0049 = 3.333 + 0.196 = 3.529
    assert rows(plan)[EVERYTHING][0] == "$3.53"
    assert list(rows(plan))[-2:] == ["… (35)", EVERYTHING]  # six rows of the 41, then the others
    day = agrees(post(MONDAY, daily(EC2, "3.333"), *tiny, line="/cost yesterday --top 50"))
    cells = [number(row[0]) for name, row in rows(day).items() if name != EVERYTHING]
    assert len(cells) == 41
    # 3.333 is cut to 3.33; 0.20 is missing to 3.53: twenty of the forty show a cent
    assert sorted(cells) == [0] * 20 + [Decimal("0.01")] * 20 + [Decimal("3.33")]


def test_ten_decimals_are_added_before_anything_is_rounded() -> None:
    """50,000,000 times a ten-thousand-millionth is half a cent; nothing is lost on the way."""
    amounts = ("0.0000000001", "0.0049999999", "10.0000000000")
    lines = [daily(f"service {n}", much) for n, much in enumerate(amounts)]
    plan = agrees(post(MONDAY, *lines), SUNDAY)
    assert of_day(plan, SUNDAY) == "10.005"
    # 10.005 is 10.01: half a cent goes away from zero
    assert rows(plan) == {
        "service 0": ("$0.00", "$0.00", "$0.00", "±0 %"),
        "service 1": ("$0.01", "$0.01", "$0.00", "±0 %"),
        "service 2": ("$10.00", "$10.00", "$0.00", "±0 %"),
        EVERYTHING: ("$10.01", "$10.01", "$0.00", "±0 %"),
    }


def test_an_amount_below_a_cent_moves_by_nothing_that_is_shown() -> None:
    plan = agrees(post(MONDAY, daily(EC2, "100"), daily(S3, "0.001", but={SUNDAY: "0.002"})), SUNDAY)
    assert rows(plan)[S3] == ("$0.00", "$0.00", "$0.00", "+100 %")
