"""/cost about: what the figures count, how far they are known, and what asking for them costs."""

from bot.costs import BillRules, LeftOut, Metric
from tests.canned import Refusal
from tests.commands.cost.bills import EC2, PROD, Bill
from tests.commands.cost.golden import at, cells_of, daily, tokyo

NINE = tokyo(2026, 11, 30)
COUNTS = (
    "Amounts are as charged on each day (unblended), with credits, refunds and tax; days are days of UTC."
)
EACH_DAY = (
    "A day is asked for until it has settled, three days after its end, and again when its month is invoiced."
)


def test_each_payers_requests_days_and_what_is_not_final() -> None:
    """No more than two for the post of each, whatever it shows; refused ones were not paid."""
    bills = {"dev": Bill(daily(EC2, "100")), "prod": Bill(daily(EC2, "9", account=PROD))}
    bills["prod"].refusal = Refusal("ThrottlingException", "slow down")
    with at(NINE, **bills) as there:  # type: ignore[arg-type]  # payers by name
        there.plan("/cost report")
        there.plan("/cost yesterday --by region", by_the_clock=False)
        asked = there.requests()
        plan = there.plan("/cost about")
        assert there.requests() == asked
        assert str(plan.summary) == "2 paid requests of Cost Explorer this month ($0.02)"
        assert [str(note) for note in plan.notes] == [
            COUNTS,
            "At most 2 requests a payer and day for the post, and 20 for questions; each costs $0.01.",
            EACH_DAY,
        ]
        assert cells_of(plan) == [
            ["dev", "1", "1", "2026-10-01..2026-11-29", "60", "2026-11-30 09:00"],
            ["prod", "0", "0", "–", "0", "–"],
        ]


def test_it_says_which_amounts_are_meant_and_what_is_left_out() -> None:
    rules = BillRules(metric=Metric.AMORTIZED, left_out=(LeftOut.CREDITS,), questions=3)
    with at(NINE, rules, dev=Bill([])) as there:
        counts, allowance, _ = map(str, there.plan("/cost about").notes)
        assert counts == (
            "Amounts are with savings plans and reservations spread over their days (amortized),"
            " without credits; days are days of UTC."
        )
        assert "and 3 for questions" in allowance


def test_a_month_and_a_day_begin_by_the_teams_clock() -> None:
    """Half past eleven in the evening of the 30th in Tokyo, then an hour later."""
    with at(NINE, dev=Bill(daily(EC2, "100"))) as there:
        there.house.time.pass_(hours=14.5)
        there.plan("/cost report")
        assert cells_of(there.plan("/cost about"))[0][1] == "1"
        there.house.time.pass_(hours=1)
        plan = there.plan("/cost about")
        assert str(plan.summary) == "0 paid requests of Cost Explorer this month ($0.00)"
        assert cells_of(plan)[0][1] == "0"
