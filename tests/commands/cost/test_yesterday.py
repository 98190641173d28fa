"""/cost yesterday: one table of a day, cut as it is asked for."""

from collections.abc import Iterator

import pytest

from bot.arguments import UsageError
from bot.chart import Chart
from tests.canned import Refusal
from tests.commands.cost.bills import EC2, PROD, S3, Bill, Line, Morning
from tests.commands.cost.golden import (
    EVERYTHING,
    SUNDAY,
    agrees,
    at,
    daily,
    new_york,
    of_day,
    rows,
    text,
    tokyo,
)  # fmt: skip

MONDAY = new_york(2026, 11, 30)


def lines() -> list[Line]:
    return [
        *daily(EC2, "100", but={SUNDAY: "110"}, usage="APN1-BoxUsage:m5.large", tag="web"),
        *daily(S3, "20", usage="APN1-TimedStorage", region="us-east-1", tag="data"),
        *daily(S3, "5", usage="APN1-Requests", account=PROD),
    ]


@pytest.fixture
def bill() -> Bill:
    return Bill(lines())


@pytest.fixture
def there(bill: Bill) -> Iterator[Morning]:
    with at(MONDAY, dev=bill) as opened:
        yield opened


def test_a_day_beside_the_same_weekday_before(there: Morning) -> None:
    plan = agrees(there.plan("/cost yesterday"))
    # 110 + 20 + 5 = 135; 100 + 20 + 5 = 125
    assert text(plan) == ["2026-11-29: $135.00, +8 % against 2026-11-22 ($125.00) – provisional"]
    assert rows(plan) == {
        EC2: ("$110.00", "$100.00", "+$10.00", "+10 %"),
        S3: ("$25.00", "$25.00", "$0.00", "±0 %"),
        EVERYTHING: ("$135.00", "$125.00", "+$10.00", "+8 %"),
    }
    assert plan.chart is None
    assert [str(head) for head in plan.table.heads] == [  # type: ignore[union-attr]
        "Service", "2026-11-29", "2026-11-22", "Difference", "%",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("account", ["dev", PROD]),
        ("region", ["ap-northeast-1", "us-east-1"]),
        ("usage", ["APN1-BoxUsage:m5.large", "APN1-TimedStorage", "APN1-Requests"]),
        ("tag:team", ["web", "data", "–"]),  # what carries no tag
    ],
)
def test_a_day_can_be_cut_in_five_ways_and_the_whole_is_the_same(
    there: Morning, by: str, names: list[str]
) -> None:
    plan = agrees(there.plan(f"/cost yesterday --by {by}"))
    assert list(rows(plan)) == [*names, EVERYTHING]
    assert rows(plan)[EVERYTHING] == ("$135.00", "$125.00", "+$10.00", "+8 %")


def test_the_rows_are_as_many_as_wanted_and_the_others_are_one(there: Morning) -> None:
    plan = agrees(there.plan("/cost yesterday --by usage --top 1"))
    assert rows(plan) == {
        "APN1-BoxUsage:m5.large": ("$110.00", "$100.00", "+$10.00", "+10 %"),
        "… (2)": ("$25.00", "$25.00", "$0.00", "±0 %"),
        EVERYTHING: ("$135.00", "$125.00", "+$10.00", "+8 %"),
    }


def test_a_picture_shows_the_same_days_by_what_they_are_cut_by(there: Morning) -> None:
    plan = there.plan("/cost yesterday --by region --chart")
    assert of_day(plan, SUNDAY) == "135"
    assert isinstance(plan.chart, Chart)
    assert [(one.name, *map(str, one.values)) for one in plan.chart.series] == [
        ("ap-northeast-1", "115.0000000000"),
        ("us-east-1", "20.0000000000"),
    ]
    assert (str(plan.chart.title), plan.chart.provisional) == ("1 day by Region, USD a day", 1)


def test_what_is_held_is_answered_without_asking_aws(there: Morning) -> None:
    there.plan("/cost report")
    asked = there.requests()
    for options in ("", "--by account", "--account dev", "--top 3 --chart"):
        there.plan(f"/cost yesterday {options}", by_the_clock=False)
    assert there.requests() == asked


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            "--by servce",
            "“servce” is no way to cut a bill; there are service, account, region, usage, tag:Key.",
        ),
        ("--by tag:", "“tag:” is no way to cut a bill; there are service, account, region, usage, tag:Key."),
        ("--account dve", "No account “dve” is on the bill. Did you mean dev?"),
        ("--account x", f"No account “x” is on the bill; there are {PROD}, dev."),
    ],
)
def test_what_cannot_be_meant_is_said_with_what_could_be(there: Morning, options: str, sentence: str) -> None:
    with pytest.raises(UsageError) as raised:
        there.plan(f"/cost yesterday {options}")
    assert str(raised.value.said) == sentence


def test_in_tokyo_in_the_morning_yesterday_is_there_in_part_and_compares_with_nothing() -> None:
    bill = Bill(daily(EC2, "100", but={SUNDAY: "33"}))
    with at(tokyo(2026, 11, 30), dev=bill) as there:
        plan = agrees(there.plan("/cost yesterday"))
        assert text(plan) == ["2026-11-29: $33.00 until now – provisional"]
        assert rows(plan)[EVERYTHING] == ("$33.00", "$100.00", "–", "–")


def test_a_day_that_cannot_be_read_is_not_a_day_of_nothing(bill: Bill) -> None:
    with at(new_york(2026, 11, 29), dev=bill) as there:
        there.plan("/cost report")
        bill.refusal = Refusal("ThrottlingException", "slow down")
        there.house.time.at = MONDAY
        plan = there.plan("/cost yesterday")
        assert text(plan) == [
            "2026-11-29: nothing is known yet",
            "Not known, and not counted: 2026-11-29",
            (
                "⚠️ Not up to date: dev: AWS asks for patience (ThrottlingException);"
                " ask again in a few minutes"
            ),
        ]
        assert plan.table is None


def test_nothing_at_all_is_said_to_be_nothing(bill: Bill) -> None:
    bill.refusal = Refusal("ThrottlingException", "slow down")
    with at(MONDAY, dev=bill) as there:
        plan = there.plan("/cost yesterday")
        assert str(plan.summary) == "Nothing is known of the bill of 2026-11-29."
        assert len(plan.notes) == 1
