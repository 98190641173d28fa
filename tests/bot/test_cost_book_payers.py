"""The bill of several payers, its accounts by name, what was said of it first, and forecasts."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from threading import Barrier

import pytest

from bot.costs import BY_SERVICE, BillRules, By, Days
from tests.bot.cost_book_given import DAY, NINE, POST, QUESTION, WEEK, Open, a_week, said, total
from tests.canned import Refusal
from tests.commands.cost.bills import (
    DEV,
    EC2,
    NUMBERS,
    PROD,
    TOKYO,
    Bill,
    Line,
    Morning,
    morning,
)  # fmt: skip


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens a morning, whose payers have the bills that are given."""
    with ExitStack() as stack:

        def open_(rules: BillRules | None = None, at: datetime = NINE, **bills: Bill) -> Morning:
            return stack.enter_context(morning(tmp_path, bills, at, rules))

        yield open_


# -- several payers --------------------------------------------------------------------------------


def test_payers_are_asked_side_by_side(opened: Open) -> None:
    """Each waits for the other inside its own request: one after the other, both would wait in vain."""
    both = Barrier(2)

    def meet() -> None:
        both.wait(5)

    names = ("dev", "prod")
    bills = {name: Bill(a_week(account=NUMBERS[name]), on_ask=meet) for name in names}
    there = opened(**bills)
    assert there.book.read(BY_SERVICE, WEEK, POST) == ()
    assert total(there.book) == {"USD": Decimal(140)}


def test_one_payer_of_ten_who_is_denied_hides_none_of_the_others(opened: Open) -> None:
    numbers = {f"team-{n}": f"{n:012d}" for n in range(10)}
    bills = {name: Bill(a_week(account=number), number=number) for name, number in numbers.items()}
    denial = (
        "User: arn:aws:sts::000000000003:assumed-role/toban/x is not authorized to perform:"
        " ce:GetCostAndUsage on resource: arn:aws:ce:us-east-1:000000000003:/GetCostAndUsage"
    )
    bills["team-3"].refusal = Refusal("AccessDeniedException", denial)
    there = opened(**bills)
    gaps = there.book.read(BY_SERVICE, WEEK, POST)
    assert said(gaps) == {
        "team-3": "toban's role toban in account team-3 lacks ce:GetCostAndUsage on"
        " arn:aws:ce:us-east-1:000000000003:/GetCostAndUsage; add it to the role's policy"
    }
    assert total(there.book) == {"USD": Decimal(630)}


def test_a_payer_on_anothers_bill_is_counted_once(opened: Open) -> None:
    """The management account's bill names the member; the member's own says the same again."""
    management = Bill([*a_week("10"), *a_week("3", account=PROD)])
    there = opened(dev=management, prod=Bill(a_week("3", account=PROD)))
    assert there.book.payers() == ("dev", "prod")  # nobody knows yet
    there.book.read(BY_SERVICE, WEEK, POST)
    assert there.book.payers() == ("dev",)
    assert total(there.book) == {"USD": Decimal(91)}
    assert {state.payer for state in there.book.states(BY_SERVICE, WEEK)} == {"dev"}


def test_a_payer_stays_on_anothers_bill_on_a_day_that_does_not_name_it(opened: Open) -> None:
    """`/cost today` in the morning: the day has hardly anything yet."""
    management = Bill([*a_week("10"), *a_week("3", account=PROD), Line(date(2026, 11, 30), EC2, "1")])
    there = opened(dev=management, prod=Bill(a_week("3", account=PROD)))
    there.book.read(BY_SERVICE, WEEK, POST)
    today = date(2026, 11, 30)
    there.book.read(BY_SERVICE, Days(today, today), QUESTION)
    assert there.book.payers() == ("dev",)
    assert total(there.book) == {"USD": Decimal(91)}


def test_payers_who_are_left_out_of_a_sum_are_not_in_it(opened: Open) -> None:
    there = opened(dev=Bill(a_week("10")), prod=Bill(a_week("3", account=PROD)))
    there.book.read(BY_SERVICE, WEEK, POST)
    assert total(there.book, without=("prod",)) == {"USD": Decimal(70)}


def test_amounts_of_two_currencies_are_never_added(opened: Open) -> None:
    there = opened(dev=Bill(a_week("10")), prod=Bill(a_week("3", account=PROD), currency="CNY"))
    there.book.read(BY_SERVICE, WEEK, POST)
    assert total(there.book) == {"USD": Decimal(70), "CNY": Decimal(21)}
    by_key = there.book.sums(BY_SERVICE, WEEK, (By.KEY,))
    assert {(one.key, one.currency): one.amount for one in by_key} == {(EC2, "USD"): 70, (EC2, "CNY"): 21}


# -- names of accounts -----------------------------------------------------------------------------


def test_an_account_is_called_as_in_the_config_else_as_aws_calls_it(opened: Open) -> None:
    bill = Bill(
        [Line(DAY, EC2, "1"), Line(DAY, EC2, "2", account=PROD), Line(DAY, EC2, "4", account="3" * 12)],
        names={DEV: "Dev of ours", PROD: "Shop"},
    )
    there = opened(dev=bill)
    there.book.read(BY_SERVICE, WEEK, QUESTION)
    by_account = there.book.sums(BY_SERVICE, WEEK, (By.ACCOUNT,))
    assert {one.account: one.amount for one in by_account} == {"dev": 1, "Shop": 2, "333333333333": 4}
    for name in ("Shop", PROD):
        assert total(there.book, account=name) == {"USD": Decimal(2)}
    for name in ("dev", DEV):
        assert total(there.book, account=name) == {"USD": Decimal(1)}
    assert total(there.book, account="nobody") == {}


def test_accounts_that_aws_calls_alike_are_told_apart(opened: Open) -> None:
    bill = Bill(
        [Line(DAY, EC2, "1", account=PROD), Line(DAY, EC2, "2", account="3" * 12)],
        names={PROD: "Shop", "3" * 12: "Shop"},
    )
    there = opened(dev=bill)
    there.book.read(BY_SERVICE, WEEK, QUESTION)
    by_account = there.book.sums(BY_SERVICE, WEEK, (By.ACCOUNT,))
    assert {one.account: one.amount for one in by_account} == {f"Shop ({PROD})": 1, "Shop (333333333333)": 2}
    assert total(there.book, account=f"Shop ({PROD})") == {"USD": Decimal(1)}


# -- what was said first, and forecasts ------------------------------------------------------------


def test_first_is_what_was_said_when_the_day_was_over(opened: Open) -> None:
    bill = Bill([Line(DAY, EC2, "7", usage="so far")])
    there = opened(at=datetime(2026, 11, 29, 18, tzinfo=TOKYO), dev=bill)
    for lines in ("7", "40", "101"):
        bill.lines = [Line(DAY, EC2, lines)]
        there.book.read(BY_SERVICE, Days(DAY, DAY), QUESTION)
        there.house.time.pass_(hours=15 if lines == "7" else 24)
    (state,) = there.book.states(BY_SERVICE, Days(DAY, DAY))
    assert (int(state.first), int(state.total)) == (40, 101)


def ahead(*days: int) -> dict[date, tuple[str, str, str]]:
    return {date(2026, 12, day): ("10", "8", "13") for day in days}


def test_a_forecast_is_asked_for_once_a_day(opened: Open) -> None:
    there = opened(dev=Bill(a_week(), forecast=ahead(1, 2)))
    for _ in range(2):
        there.book.read_forecast(date(2026, 12, 2), QUESTION)
    (forecast,) = there.book.forecasts(date(2026, 11, 30))
    assert (forecast.made, forecast.currency, len(forecast.days)) == (date(2026, 11, 30), "USD", 2)
    assert there.book.forecasts(date(2026, 11, 29)) == []
    there.house.time.pass_(days=1)
    there.book.read_forecast(date(2026, 12, 2), QUESTION)
    assert there.requests() == 2


def test_that_there_is_too_little_history_is_asked_once_a_day_and_is_no_gap(opened: Open) -> None:
    there = opened(dev=Bill(a_week()))
    for _ in range(3):
        assert there.book.read_forecast(date(2026, 12, 31), POST) == ()
    assert (there.requests(), there.book.forecasts(date(2026, 11, 30))) == (1, [])
    there.house.time.pass_(days=1)
    there.book.read_forecast(date(2026, 12, 31), POST)
    assert there.requests() == 2


def test_a_forecast_that_says_nothing_hides_no_older_one(opened: Open) -> None:
    bill = Bill(a_week(), forecast=ahead(1, 2))
    there = opened(dev=bill)
    there.book.read_forecast(date(2026, 12, 2), POST)
    bill.forecast = None
    there.house.time.pass_(days=1)
    there.book.read_forecast(date(2026, 12, 2), POST)
    assert [one.made for one in there.book.forecasts(date(2026, 12, 1))] == [date(2026, 11, 30)]


def test_a_denied_forecast_is_a_gap_that_names_the_permission(opened: Open) -> None:
    said = (
        f"User: arn:aws:iam::{DEV}:role/toban is not authorized to perform: ce:GetCostForecast on resource: *"
    )
    there = opened(dev=Bill(a_week(), refusal=Refusal("AccessDeniedException", said)))
    (gap,) = there.book.read_forecast(date(2026, 12, 31), POST)
    assert "ce:GetCostForecast" in str(gap.why)


def test_paid_requests_are_told_since_a_moment(opened: Open) -> None:
    there = opened(dev=Bill(a_week()))
    there.book.read(BY_SERVICE, WEEK, POST)
    (one,) = there.book.requests(NINE.astimezone(UTC))
    assert (one.payer, one.purpose, one.what, one.outcome) == (
        "dev",
        POST,
        "service 2026-11-23..2026-11-29",
        "answered",
    )
    assert there.book.requests(NINE + timedelta(seconds=1)) == []
