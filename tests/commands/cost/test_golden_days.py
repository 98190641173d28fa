"""Golden cases: a day, and the same weekday before.  Every number is worked out by hand."""

from datetime import date, timedelta

from tests.commands.cost.bills import EC2, RDS, S3, Bill, Line
from tests.commands.cost.golden import (
    EVERYTHING,
    QUIET,
    SUNDAY,
    SUNDAY_BEFORE,
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

MONDAY_IN_NEW_YORK, MONDAY_IN_TOKYO = new_york(2026, 11, 30), tokyo(2026, 11, 30)


def test_an_ordinary_day() -> None:
    plan = agrees(
        post(
            MONDAY_IN_NEW_YORK,
            daily(EC2, "100", but={SUNDAY: "108"}),
            daily(S3, "20.50", but={SUNDAY: "19.25"}),
        ),
        SUNDAY,
    )
    assert text(plan) == [
        # 108 + 19.25 = 127.25; 100 + 20.50 = 120.50; 127.25 / 120.50 = 1.0560
        "The bill of 2026-11-29: $127.25, +6 % against 2026-11-22 ($120.50) – provisional",
        # 28 x 120.50 = 3,374.00, and 127.25 = 3,501.25; 29 x 120.50 = 3,494.50; 1.0019
        "Month to date: 2026-11-01..2026-11-29: $3,501.25, ±0 % against 2026-10-01..2026-10-29 ($3,494.50)",
    ]
    assert rows(plan) == {
        EC2: ("$108.00", "$100.00", "+$8.00", "+8 %"),
        S3: ("$19.25", "$20.50", "-$1.25", "-6 %"),  # 1.25 / 20.50 = 0.0610
        EVERYTHING: ("$127.25", "$120.50", "+$6.75", "+6 %"),
    }
    assert of_day(plan, SUNDAY_BEFORE) == "120.5"


def test_a_day_that_is_still_coming_in_and_then_corrected_in_place() -> None:
    """In Tokyo at nine AWS has little of the day that ends just now: it compares with nothing."""
    bill = Bill([*daily(EC2, "100", but={SUNDAY: "35"}), *daily(S3, "20", but={SUNDAY: "5.50"})])
    with at(MONDAY_IN_TOKYO, dev=bill) as there:
        first = agrees(there.plan("/cost report"))
        assert text(first) == [
            "The bill of 2026-11-29: $40.50 until now – provisional",  # 35 + 5.50
            (
                "AWS has only part of 2026-11-29 yet; what moved is said of 2026-11-28:"
                " $120.00, ±0 % against 2026-11-21 ($120.00)"
            ),
            # 28 x 120 = 3,360, and 40.50 = 3,400.50; 29 x 120 = 3,480; 0.9772
            (
                "Month to date: 2026-11-01..2026-11-29: $3,400.50, -2 % against"
                " 2026-10-01..2026-10-29 ($3,480.00)"
            ),
        ]
        assert rows(first)[EVERYTHING] == ("$120.00", "$120.00", "$0.00", "±0 %")  # of Saturday
        assert of_day(first, SUNDAY) == "40.5"
        bill.lines = [*daily(EC2, "100", but={SUNDAY: "103"}), *daily(S3, "20")]
        assert first.again is not None
        there.house.time.at = first.again
        then = agrees(there.plan("/cost report", asked=MONDAY_IN_TOKYO), SUNDAY)
        assert text(then) == [
            "The bill of 2026-11-29: $123.00, +3 % against 2026-11-22 ($120.00) – provisional",  # 1.025
            "Corrected: 2026-11-29 was $40.50 as AWS reported it first, and is $123.00 now (+$82.50)",
            (
                "Month to date: 2026-11-01..2026-11-29: $3,483.00, ±0 % against"
                " 2026-10-01..2026-10-29 ($3,480.00)"
            ),
        ]
        assert rows(then)[EVERYTHING] == ("$123.00", "$120.00", "+$3.00", "+3 %")


def test_when_all_has_settled_nothing_is_provisional_and_nobody_looks_again() -> None:
    with at(MONDAY_IN_TOKYO, dev=Bill(daily(EC2, "100"))) as there:
        plan = there.plan("/cost report")
        looks = 0
        while plan.again and looks < 10:
            there.house.time.at, looks = plan.again, looks + 1
            plan = there.plan("/cost report", asked=MONDAY_IN_TOKYO)
        assert str(plan.summary) == "The bill of 2026-11-29: $100.00, ±0 % against 2026-11-22 ($100.00)"
        assert looks == 3  # three days after its end
        assert there.house.time.at == MONDAY_IN_TOKYO + timedelta(days=3, minutes=10)


def test_a_day_of_a_weekend_is_held_against_one() -> None:
    workdays = {day: "300" for n in range(90) if (day := SUNDAY - timedelta(days=n)).weekday() < 5}
    plan = agrees(post(MONDAY_IN_NEW_YORK, daily(EC2, "80", but={**workdays, SUNDAY: "84"})), SUNDAY)
    assert rows(plan)[EVERYTHING] == ("$84.00", "$80.00", "+$4.00", "+5 %")


def test_a_day_that_cost_nothing_is_a_day_of_nothing_not_an_unknown_one() -> None:
    plan = agrees(post(MONDAY_IN_NEW_YORK, daily(EC2, "100", but={SUNDAY: ""}), rules=QUIET), SUNDAY)
    assert text(plan)[0] == (
        "The bill of 2026-11-29: $0.00, -100 % against 2026-11-22 ($100.00) – provisional"
    )
    assert rows(plan) == {
        EC2: ("$0.00", "$100.00", "-$100.00", "-100 %"),
        EVERYTHING: ("$0.00", "$100.00", "-$100.00", "-100 %"),
    }
    assert of_day(plan, SUNDAY) == "0"


def test_a_bill_without_any_cost_is_known_to_be_nothing() -> None:
    plan = post(MONDAY_IN_NEW_YORK, [])
    assert text(plan)[0] == "The bill of 2026-11-29: 0.00, ±0 % against 2026-11-22 (0.00) – provisional"
    assert plan.table is None


def test_a_service_that_is_new_and_one_that_is_gone() -> None:
    plan = agrees(
        post(
            MONDAY_IN_NEW_YORK,
            daily(EC2, "100"),
            daily(RDS, "7.30", date(2026, 11, 26)),
            [Line(SUNDAY, S3, "2.20")],
        ),
        SUNDAY,
    )
    # 100 + 2.20 = 102.20; 100 + 7.30 = 107.30; 0.9525
    assert text(plan)[0] == (
        "The bill of 2026-11-29: $102.20, -5 % against 2026-11-22 ($107.30) – provisional"
    )
    assert list(rows(plan).items()) == [  # what moved most stands first
        (RDS, ("$0.00", "$7.30", "-$7.30", "-100 %")),
        (S3, ("$2.20", "$0.00", "+$2.20", "🆕")),
        (EC2, ("$100.00", "$100.00", "$0.00", "±0 %")),
        (EVERYTHING, ("$102.20", "$107.30", "-$5.10", "-5 %")),
    ]


def test_the_first_report_of_a_new_account_compares_with_days_that_cost_nothing() -> None:
    plan = agrees(post(MONDAY_IN_NEW_YORK, daily(EC2, "12", since=date(2026, 11, 27)), rules=QUIET), SUNDAY)
    assert text(plan) == [
        "The bill of 2026-11-29: $12.00, 🆕 against 2026-11-22 ($0.00) – provisional",
        # 3 x 12
        "Month to date: 2026-11-01..2026-11-29: $36.00, 🆕 against 2026-10-01..2026-10-29 ($0.00)",
    ]
