"""/cost why: what moved, whose it is, and which usage it was."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.arguments import UsageError
from tests.canned import Refusal
from tests.commands.cost.bills import EC2, PROD, RDS, S3, Bill, Line, Morning
from tests.commands.cost.golden import EVERYTHING, SUNDAY, agrees, at, daily, new_york, rows, text

MONDAY = new_york(2026, 11, 30)
SATURDAY = date(2026, 11, 28)


def lines() -> list[Line]:
    """On Sunday somebody downloads a lot from prod's bucket."""
    return [
        *daily(EC2, "500", usage="BoxUsage:m5.large"),
        *daily(S3, "20", usage="TimedStorage"),
        *daily(S3, "4", usage="TimedStorage", account=PROD),
        *daily(S3, "1", but={SUNDAY: "181"}, usage="DataTransfer-Out-Bytes", account=PROD),
        *daily(RDS, "30", usage="InstanceUsage:db.t4g"),
    ]


@pytest.fixture
def bill() -> Bill:
    return Bill(lines(), names={PROD: "Shop"})


@pytest.fixture
def there(bill: Bill) -> Iterator[Morning]:
    with at(MONDAY, dev=bill) as opened:
        yield opened


def usage_asked(bill: Bill) -> list[tuple[str, str, str]]:
    """Service, first day and the one after the last of each request about usage types."""
    return [
        (one["Filter"]["Dimensions"]["Values"][0], *one["TimePeriod"].values())
        for one in bill.asked
        if one["GroupBy"][0]["Key"] == "USAGE_TYPE"
    ]


def test_the_anomaly_of_the_newest_day_is_found_down_to_its_usage_type(there: Morning, bill: Bill) -> None:
    plan = agrees(there.plan("/cost why"))
    # 500 + 20 + 4 + 181 + 30 = 735; 555 on the Sunday before; 735 / 555 = 1.3243
    assert text(plan) == [
        "The bill of 2026-11-29: $735.00, +$180.00 (+32 %) against 2026-11-22",
        # 20 + 4 + 181 = 205; 25 is usual
        f"⚠️ {S3}: $205.00 on 2026-11-29 instead of about $25.00 (+$180.00, most of it Shop)",
        f"Moved most: {S3}: +$180.00 (+720 %)",
        f"{S3} by account: Shop: +$180.00 (> +999 %)",  # 5 to 185
        f"{S3} by usage type: DataTransfer-Out-Bytes: +$180.00 (> +999 %)",
    ]
    assert rows(plan) == {
        "DataTransfer-Out-Bytes": ("$181.00", "$1.00", "+$180.00", "> +999 %"),
        "TimedStorage": ("$24.00", "$24.00", "$0.00", "±0 %"),
        EVERYTHING: ("$205.00", "$25.00", "+$180.00", "+720 %"),
    }
    assert usage_asked(bill) == [(S3, "2026-11-22", "2026-11-30")]  # of what moved, and of nothing else


def test_asked_again_it_costs_nothing(there: Morning) -> None:
    there.plan("/cost why")
    asked = there.requests()
    for line in ("/cost why", "/cost why 2026-11-29"):
        agrees(there.plan(line, by_the_clock=False))
    assert there.requests() == asked


def test_a_day_that_is_named_is_told_though_it_was_ordinary(there: Morning, bill: Bill) -> None:
    plan = there.plan("/cost why 2026-11-28")
    assert text(plan) == [
        "The bill of 2026-11-28: $555.00, $0.00 (±0 %) against 2026-11-21",
        "Nothing moved.",
    ]
    assert (plan.table, usage_asked(bill)) == (None, [])


def test_the_newest_day_that_was_unusual_is_meant_when_none_is_named(bill: Bill) -> None:
    bill.lines = daily(EC2, "100", but={SATURDAY: "390"})
    with at(MONDAY, dev=bill) as there:
        assert text(there.plan("/cost why"))[0] == (
            "The bill of 2026-11-28: $390.00, +$290.00 (+290 %) against 2026-11-21"
        )


@pytest.mark.parametrize("name", [S3, S3.lower(), "simple storage", "SIMPLE"])
def test_a_service_is_told_of_its_last_week_by_any_part_of_its_name(there: Morning, name: str) -> None:
    plan = agrees(there.plan(f'/cost why "{name}"'))
    # 7 x 25 + 180 = 355; 7 x 25 = 175; 355 / 175 = 2.0286
    assert text(plan)[0] == (
        f"{S3} 2026-11-23..2026-11-29: $355.00, +$180.00 (+103 %) against 2026-11-16..2026-11-22"
    )
    assert rows(plan)[EVERYTHING] == ("$355.00", "$175.00", "+$180.00", "+103 %")


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("2026-11-30", "2026-11-30 has not ended; the newest day is 2026-11-29."),
        ("2027-01-01", "2027-01-01 has not ended; the newest day is 2026-11-29."),
        ("Amazon", f"“Amazon” is neither a date nor one service; do you mean {EC2} / {RDS} / {S3}?"),
        ("Simple Storge", f"“Simple Storge” is neither a date nor one service; do you mean {S3}"),
        ("2026-13-01", f"“2026-13-01” is neither a date nor one service; do you mean {EC2} / {RDS} / {S3}?"),
        ("2026-11-29 --account Shpo", "No account “Shpo” is on the bill. Did you mean Shop?"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_with_what_could_be(there: Morning, about: str, sentence: str) -> None:
    line = about if " --" in about else f'"{about}"'
    with pytest.raises(UsageError) as raised:
        there.plan(f"/cost why {line}")
    assert str(raised.value.said).startswith(sentence)


def test_one_account_alone(there: Morning) -> None:
    plan = agrees(there.plan("/cost why 2026-11-29 --account Shop"))
    # 4 + 181 = 185; 5
    assert text(plan)[0] == ("The bill of 2026-11-29: $185.00, +$180.00 (> +999 %) against 2026-11-22")
    assert rows(plan)[EVERYTHING][:2] == ("$185.00", "$5.00")


def test_a_day_of_long_ago_asks_for_the_days_before_it_alone(there: Morning, bill: Bill) -> None:
    there.plan("/cost why 2026-09-10")
    (request,) = bill.asked
    assert request["TimePeriod"] == {"Start": "2026-07-13", "End": "2026-09-11"}  # sixty days


def test_a_day_older_than_aws_keeps_is_not_a_day_of_nothing(there: Morning) -> None:
    plan = there.plan("/cost why 2025-09-30")
    assert (str(plan.summary), there.requests()) == ("Nothing is known of the bill of 2025-09-30.", 0)


def test_a_right_that_is_missing_is_named_and_the_rest_is_told(there: Morning, bill: Bill) -> None:
    there.plan("/cost report")
    denial = "User: arn:aws:iam::123456789012:role/toban is not authorized to perform: ce:GetCostAndUsage"
    bill.refusal = Refusal("AccessDeniedException", denial)
    plan = there.plan("/cost why")
    assert f"{S3} by account: Shop: +$180.00 (> +999 %)" in text(plan)
    assert text(plan)[-1] == (
        "⚠️ Not up to date: dev: toban's role toban in account dev lacks ce:GetCostAndUsage;"
        " add it to the role's policy"
    )
    assert plan.table is None


def test_a_service_of_a_bill_in_another_currency_is_found_there(bill: Bill) -> None:
    china = Bill(daily("Amazon China Thing", "10", account=PROD, but={SUNDAY: "17"}), currency="CNY")
    with at(MONDAY, dev=Bill(daily(EC2, "500")), prod=china) as there:
        assert text(there.plan('/cost why "China"'))[0] == (
            # 6 x 10 + 17; 70
            "Amazon China Thing 2026-11-23..2026-11-29: CNY 77.00, +CNY 7.00 (+10 %) against"
            " 2026-11-16..2026-11-22"
        )
        both = text(there.plan("/cost why 2026-11-29"))
        assert both[0] == "The bill of 2026-11-29: $500.00, $0.00 (±0 %) against 2026-11-22"
        assert "The bill of 2026-11-29: CNY 17.00, +CNY 7.00 (+70 %) against 2026-11-22" in both


def test_a_payer_whose_day_is_missing_is_left_out_on_both_sides(bill: Bill) -> None:
    prod = Bill(daily(EC2, "300", account=PROD))
    with at(new_york(2026, 11, 29), dev=Bill(daily(EC2, "100")), prod=prod) as there:
        there.plan("/cost report")
        prod.refusal = Refusal("ThrottlingException", "slow down")
        there.house.time.at = MONDAY
        assert text(there.plan("/cost why 2026-11-29"))[0] == (
            "The bill of 2026-11-29: $100.00, $0.00 (±0 %) against 2026-11-22, without prod"
        )
