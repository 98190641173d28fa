"""Golden cases: what is unusual, whose it is, who is called for it, and when nothing is said."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from bot.costs import BillRules
from bot.plan import Plan
from tests.commands.cost.bills import EC2, PROD, RDS, S3, TAX, Bill, Line
from tests.commands.cost.golden import (
    SUNDAY,
    agrees,
    at,
    daily,
    new_york,
    of_day,
    post,
    rows,
    text,
    tokyo,
)  # fmt: skip

MONDAY = new_york(2026, 11, 30)
CALLING = BillRules(mention="S0OPS", mention_above=Decimal(100))
CALL = "S0OPS: please look at it"


def strange(plan: Plan) -> list[str]:
    return [one for one in text(plan) if one.startswith("⚠️ ") and "instead of about" in one]


def steady(amount: str, but: Mapping[date, str] | None = None) -> list[Line]:
    """Sixty days and more that vary a little, each weekday alike."""
    vary = {SUNDAY - timedelta(days=n): str(Decimal(amount) + n % 3) for n in range(80)}
    return daily(EC2, amount, but={**vary, **(but or {})})


def test_a_service_that_costs_three_times_as_much() -> None:
    dev, prod = daily(S3, "20"), daily(S3, "100", account=PROD, but={SUNDAY: "340.005"})
    plan = agrees(post(MONDAY, daily(EC2, "500"), dev, prod), SUNDAY)
    # 20 + 340.005 = 360.005, shown as in the table; 120 is usual: 360.01 - 120.00
    assert strange(plan) == [
        f"⚠️ {S3}: $360.01 on 2026-11-29 instead of about $120.00 (+$240.01, most of it {PROD})"
    ]
    assert rows(plan)[S3][0] == "$360.01"
    assert of_day(plan, SUNDAY) == "860.005"
    assert [offer.line for offer in plan.offers] == ["cost why 2026-11-29", "cost waste"]


def test_a_service_that_stopped_is_unusual_too_and_calls_nobody() -> None:
    """It is not on the bill at all any more: a known day without it cost nothing."""
    plan = agrees(post(MONDAY, daily(EC2, "500"), daily(RDS, "240", but={SUNDAY: ""}), rules=CALLING), SUNDAY)
    assert strange(plan) == [
        f"⚠️ {RDS}: $0.00 on 2026-11-29 instead of about $240.00 (-$240.00, most of it dev)"
    ]
    assert CALL not in text(plan)


def test_a_service_that_is_new_is_unusual_from_its_first_day() -> None:
    plan = agrees(post(MONDAY, daily(EC2, "500"), [Line(SUNDAY, RDS, "240")], rules=CALLING), SUNDAY)
    assert strange(plan) == [
        f"⚠️ {RDS}: $240.00 on 2026-11-29 instead of about $0.00 (+$240.00, most of it dev)"
    ]
    assert CALL in text(plan)


def test_nothing_is_unusual_about_an_ordinary_day() -> None:
    assert strange(post(MONDAY, steady("500"), daily(S3, "20"), rules=CALLING)) == []


def test_what_is_below_the_floor_is_not_worth_a_word() -> None:
    plan = post(MONDAY, daily(EC2, "500"), daily(S3, "3", but={SUNDAY: "12.99"}), rules=CALLING)
    assert strange(plan) == []


def test_charges_of_the_first_of_the_month_are_not_unusual() -> None:
    """Tax, support and fees: what November's first had, December's may have."""
    first = date(2026, 12, 1)
    once = [
        Line(date(2026, month, 1), service, "450") for month in (10, 11, 12) for service in (TAX, "Support")
    ]
    plan = agrees(post(new_york(2026, 12, 2), daily(EC2, "500", first), once, rules=CALLING), first)
    assert (strange(plan), CALL in text(plan)) == ([], False)


def test_people_are_called_only_beyond_their_threshold() -> None:
    """The floor is 10, the threshold 100: 60 more is told, 100 more calls."""
    for more, called in (("160", False), ("199.99", False), ("200", True)):
        plan = post(MONDAY, daily(EC2, "500"), daily(S3, "100", but={SUNDAY: more}), rules=CALLING)
        assert (len(strange(plan)), text(plan).count(CALL)) == (1, int(called)), more


def test_people_are_called_once_for_a_day_though_three_mornings_tell_of_it() -> None:
    """In Tokyo a day is judged on the morning after the next; edits of older posts call nobody."""
    bill = Bill(
        [*daily(EC2, "500", date(2026, 12, 10)), *daily(S3, "100", date(2026, 12, 10), but={SUNDAY: "300"})]
    )
    with at(tokyo(2026, 11, 30), CALLING, dev=bill) as there:
        seen = []
        for _ in range(5):
            plan = there.plan("/cost report")
            seen.append((bool(strange(plan)), CALL in text(plan)))
            there.house.time.pass_(days=1)
        assert seen == [(False, False), (True, True), (True, False), (True, False), (False, False)]


def test_the_day_that_is_judged_is_told_before_larger_ones_of_the_days_before() -> None:
    friday = date(2026, 11, 27)
    spikes = [daily(f"service {n}", "100", but={friday: f"{400 + n}"}) for n in range(3)]
    plan = post(MONDAY, daily(EC2, "500"), daily(S3, "100", but={SUNDAY: "250"}), *spikes, rules=CALLING)
    told = strange(plan)
    assert [one.split(":")[0] for one in told] == [f"⚠️ {S3}", "⚠️ service 2", "⚠️ service 1"]
    assert CALL in text(plan)


def test_what_is_unusual_in_the_bill_of_another_currency_is_told_in_it() -> None:
    china = Bill(daily(S3, "100", account=PROD, but={SUNDAY: "300"}), currency="CNY")
    with at(MONDAY, CALLING, dev=Bill(daily(EC2, "500")), prod=china) as there:
        assert strange(there.plan("/cost report")) == [
            f"⚠️ {S3}: CNY 300.00 on 2026-11-29 instead of about CNY 100.00 (+CNY 200.00, most of it prod)"
        ]
