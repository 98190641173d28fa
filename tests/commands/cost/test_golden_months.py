"""Golden cases: months of 28 to 31 days, their first and last day, whole weeks and months."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.commands.cost.bills import EC2, S3, TAX, Bill, Line
from tests.commands.cost.golden import (
    EVERYTHING,
    QUIET,
    agrees,
    at,
    daily,
    new_york,
    of_day,
    post,
    rows,
    text,
    tokyo,
)


@pytest.mark.parametrize(
    ("today", "line"),
    [
        # the 1st: the month that ended, to its last day.  30 x 10; October to the 30th
        ((2026, 12, 1), "2026-11: $300.00, ±0 % against 2026-10-01..2026-10-30 ($300.00)"),
        # the 2nd: one day of either
        ((2026, 12, 2), "2026-12-01: $10.00, ±0 % against 2026-11-01 ($10.00)"),
        # the 31st against a month of 30 days: 31 x 10; 30 x 10; 1.0333
        ((2027, 1, 1), "2026-12: $310.00, +3 % against 2026-11 ($300.00)"),
        # the 30th of January against December to the 30th
        ((2027, 1, 31), "2027-01-01..2027-01-30: $300.00, ±0 % against 2026-12-01..2026-12-30 ($300.00)"),
        # the last of February, of 28 days: 28 x 10 either way
        ((2027, 3, 1), "2027-02: $280.00, ±0 % against 2027-01-01..2027-01-28 ($280.00)"),
        # the 28th and the 29th of a leap year
        ((2028, 2, 29), "2028-02-01..2028-02-28: $280.00, ±0 % against 2028-01-01..2028-01-28 ($280.00)"),
        ((2028, 3, 1), "2028-02: $290.00, ±0 % against 2028-01-01..2028-01-29 ($290.00)"),
        # March beyond February's end is held against all of February: 29, 30 and 31 x 10 over 28 x 10
        ((2027, 3, 30), "2027-03-01..2027-03-29: $290.00, +4 % against 2027-02 ($280.00)"),  # 1.0357
        ((2027, 3, 31), "2027-03-01..2027-03-30: $300.00, +7 % against 2027-02 ($280.00)"),  # 1.0714
        ((2027, 4, 1), "2027-03: $310.00, +11 % against 2027-02 ($280.00)"),  # 1.1071
        ((2027, 3, 2), "2027-03-01: $10.00, ±0 % against 2027-02-01 ($10.00)"),
    ],
)
def test_a_month_to_date_is_held_against_the_same_days_of_the_month_before(
    today: tuple[int, int, int], line: str
) -> None:
    ten_a_day = daily(EC2, "10", date(*today), since=date(*today) - timedelta(days=130))
    assert f"Month to date: {line}" in text(post(new_york(*today), ten_a_day, rules=QUIET))


def test_tax_on_the_first_is_in_the_figures_and_is_nothing_unusual() -> None:
    """AWS charges it once a month; November's first was seen, too."""
    monday, tax = new_york(2026, 12, 2), [Line(date(2026, month, 1), TAX, "290") for month in (10, 11, 12)]
    plan = agrees(post(monday, daily(EC2, "100", date(2026, 12, 1)), tax), date(2026, 12, 1))
    assert text(plan) == [
        # 100 + 290 = 390; a Tuesday before: 100
        "The bill of 2026-12-01: $390.00, +290 % against 2026-11-24 ($100.00) – provisional",
        "Month to date: 2026-12-01: $390.00, ±0 % against 2026-11-01 ($390.00)",
    ]
    assert rows(plan)[TAX] == ("$290.00", "$0.00", "+$290.00", "🆕")
    assert of_day(plan, date(2026, 11, 1)) == "390"


def test_the_first_of_the_month_in_tokyo_tells_of_the_month_that_ended_and_of_no_other() -> None:
    first = tokyo(2026, 12, 1)
    plan = agrees(post(first, daily(EC2, "100", date(2026, 11, 30), but={date(2026, 11, 30): "40"})))
    assert text(plan) == [
        "The bill of 2026-11-30: $40.00 until now – provisional",
        (
            "AWS has only part of 2026-11-30 yet; what moved is said of"
            " 2026-11-29: $100.00, ±0 % against 2026-11-22 ($100.00)"
        ),
        # 29 x 100 and 40; 30 x 100; 0.98
        "Month to date: 2026-11: $2,940.00, -2 % against 2026-10-01..2026-10-30 ($3,000.00)",
    ]


def test_a_week_is_from_monday_and_is_held_against_the_week_before() -> None:
    """Asked on a Wednesday it is still the week that ended on Sunday."""
    changed = {date(2026, 11, 27): "130", date(2026, 11, 17): "90"}
    ec2 = daily(EC2, "100", date(2026, 12, 1), but=changed)
    s3 = daily(S3, "0.335", date(2026, 12, 1))
    for today in (tokyo(2026, 12, 2), new_york(2026, 11, 30)):
        plan = agrees(post(today, ec2, s3, line="/cost report --of week"))
        # 6 x 100 + 130 + 7 x 0.335 = 732.345; 6 x 100 + 90 + 2.345 = 692.345; 1.0578
        assert text(plan)[0] == (
            "The bill of 2026-11-23..2026-11-29: $732.35, +6 % against 2026-11-16..2026-11-22 ($692.35)"
            " – provisional"
        )
        # 730 and 2.345 are shown as 732.35 together: the half cent is S3's
        assert rows(plan) == {
            EC2: ("$730.00", "$690.00", "+$40.00", "+6 %"),
            S3: ("$2.35", "$2.35", "$0.00", "±0 %"),
            EVERYTHING: ("$732.35", "$692.35", "+$40.00", "+6 %"),
        }


@pytest.mark.parametrize(
    ("today", "said", "rows_of"),
    [
        # 30 x 10 against 31 x 10; 0.9677
        ((2026, 12, 1), "2026-11: $300.00, -3 % against 2026-10 ($310.00)", ("$300.00", "$310.00")),
        # 28 x 10 against 31 x 10; 0.9032
        ((2027, 3, 1), "2027-02: $280.00, -10 % against 2027-01 ($310.00)", ("$280.00", "$310.00")),
        # asked on the 20th it is the month before
        ((2027, 3, 20), "2027-02: $280.00, -10 % against 2027-01 ($310.00)", ("$280.00", "$310.00")),
        ((2028, 3, 1), "2028-02: $290.00, -6 % against 2028-01 ($310.00)", ("$290.00", "$310.00")),  # 0.9355
    ],
)
def test_a_month_is_whole_and_is_held_against_a_whole_one(
    today: tuple[int, int, int], said: str, rows_of: tuple[str, str]
) -> None:
    ten_a_day = daily(EC2, "10", date(*today), since=date(*today) - timedelta(days=130))
    plan = agrees(post(new_york(*today), ten_a_day, line="/cost report --of month"))
    assert text(plan) == [f"The bill of {said} – provisional"]
    assert rows(plan)[EVERYTHING][:2] == rows_of


def test_a_month_stays_provisional_until_aws_says_that_it_is_final() -> None:
    """Three days after its end its days have settled; credits and tax come with the invoice."""
    first, bill = tokyo(2026, 12, 1), Bill(daily(EC2, "10", date(2026, 11, 30)))
    with at(first, dev=bill) as there:
        plan = there.plan("/cost report --of month")
        for _ in range(5):
            assert plan.again is not None
            there.house.time.at = plan.again
            plan = there.plan("/cost report --of month", asked=first)
        assert str(plan.summary).endswith(" – provisional")
        there.house.time.at = datetime(2026, 12, 7, 0, 10, tzinfo=UTC)  # six days after: the invoice
        bill.final = date(2026, 11, 30)
        bill.lines = [*bill.lines, Line(date(2026, 11, 30), "Tax", "27")]
        plan = there.plan("/cost report --of month", asked=first)
        # 30 x 10 and 27; 31 x 10; 1.0548
        assert str(plan.summary) == "The bill of 2026-11: $327.00, +5 % against 2026-10 ($310.00)"
        assert plan.again is None
