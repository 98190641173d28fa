"""The bill, read through: what is asked for, what it is paid from, and what is told when AWS says no."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from bot.cost_book import CostBook
from bot.costs import BY_SERVICE, BillRules, By, Cut, Days, Gap, LeftOut, Metric, Purpose
from tests.canned import Refusal
from tests.commands.cost.bills import (
    DEV,
    EC2,
    NUMBERS,
    PROD,
    S3,
    TOKYO,
    Bill,
    Line,
    Morning,
    every_day,
    morning,
)  # fmt: skip

NINE = datetime(2026, 11, 30, 9, tzinfo=TOKYO)
DAY = date(2026, 11, 29)
WEEK = Days(date(2026, 11, 23), DAY)
POST, QUESTION = Purpose.POST, Purpose.QUESTION
Open = Callable[..., Morning]
SLOW_DOWN = Refusal("ThrottlingException", "slow down")


class Killed(BaseException):
    """As by kill -9."""


def dies() -> None:
    raise Killed


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens a morning, whose payers have the bills that are given."""
    with ExitStack() as stack:

        def open_(rules: BillRules | None = None, at: datetime = NINE, **bills: Bill) -> Morning:
            return stack.enter_context(morning(tmp_path, bills, at, rules))

        yield open_


def a_week(amount: str = "10", service: str = EC2, **more: str) -> list[Line]:
    return every_day(WEEK.first, WEEK.last, service, amount, **more)


def total(book: CostBook, days: Days = WEEK, **more: Any) -> dict[str, Decimal]:
    return {one.currency: one.amount for one in book.sums(BY_SERVICE, days, **more)}


def days_asked(bill: Bill) -> list[tuple[str, str]]:
    """Each request's first day, and the one after its last."""
    return [(one["TimePeriod"]["Start"], one["TimePeriod"]["End"]) for one in bill.asked]


def known(book: CostBook) -> set[date]:
    return {state.day for state in book.states(BY_SERVICE, WEEK)}


def said(gaps: tuple[Gap, ...]) -> dict[str, str]:
    return {gap.payer: str(gap.why) for gap in gaps}


# -- what is asked for -----------------------------------------------------------------------------


def test_what_is_known_is_not_asked_for_again(opened: Open) -> None:
    there = opened(dev=Bill(a_week()))
    for _ in range(3):
        assert there.book.read(BY_SERVICE, WEEK, QUESTION) == ()
    assert days_asked(there.bills["dev"]) == [("2026-11-23", "2026-11-30")]
    assert total(there.book) == {"USD": Decimal(70)}


def test_held_figures_are_the_same_and_nobody_is_asked_for_others(opened: Open) -> None:
    there = opened(dev=Bill(a_week()))
    there.book.read(BY_SERVICE, Days(WEEK.first, WEEK.first), QUESTION)
    held = there.book.held()
    assert held.read(BY_SERVICE, WEEK, QUESTION) == held.read_forecast(DAY, QUESTION) == ()
    assert there.requests() == 1
    assert [one.amount for one in held.sums(BY_SERVICE, WEEK)] == [10]


def test_two_who_ask_at_the_same_time_pay_once(opened: Open) -> None:
    there = opened(dev=Bill(a_week()))
    barrier = Barrier(2)

    def ask(_: int) -> tuple[Gap, ...]:
        barrier.wait(5)
        return there.book.read(BY_SERVICE, WEEK, QUESTION)

    assert list(there.house.path.calls.map(ask, range(2))) == [(), ()]
    assert there.requests() == 1


def test_another_metric_or_what_is_left_out_is_asked_of_aws(opened: Open) -> None:
    lines = [*a_week("10"), Line(DAY, EC2, "-4", record="Credit"), Line(DAY, "Tax", "3", record="Tax")]
    rules = BillRules(metric=Metric.NET_AMORTIZED, left_out=(LeftOut.CREDITS, LeftOut.TAX))
    there = opened(rules, dev=Bill(lines))
    there.book.read(BY_SERVICE, WEEK, QUESTION)
    assert there.bills["dev"].asked[0]["Metrics"] == ["NetAmortizedCost"]
    assert total(there.book) == {"USD": Decimal(70)}


# -- the allowance ---------------------------------------------------------------------------------


def test_the_post_has_two_requests_a_day_and_questions_have_their_own(opened: Open) -> None:
    there = opened(BillRules(questions=1), dev=Bill(a_week()))
    for cut in ("service", "region"):
        assert there.book.read(Cut(cut), WEEK, POST) == ()
    (gap,) = there.book.read(Cut("usage"), WEEK, POST)
    assert str(gap.why) == (
        "today's 2 paid requests of Cost Explorer are made; the rest is asked for tomorrow"
    )
    assert there.book.read(Cut("usage"), WEEK, QUESTION) == ()
    (gap,) = there.book.read(Cut("tag:team"), WEEK, QUESTION)
    assert str(gap.why).startswith("today's 1 paid request ")
    assert there.requests() == 3


def test_an_allowance_begins_anew_with_the_teams_day(opened: Open) -> None:
    there = opened(BillRules(posts=1), at=datetime(2026, 11, 30, 23, 59, tzinfo=TOKYO), dev=Bill(a_week()))
    there.book.read(BY_SERVICE, WEEK, POST)
    assert there.book.read(Cut("region"), WEEK, POST)
    there.house.time.pass_(minutes=1)
    assert there.book.read(Cut("region"), WEEK, POST) == ()


def test_what_may_have_changed_is_no_gap_when_nothing_may_be_asked_any_more(opened: Open) -> None:
    """Seven hours later its newer figures would be welcome; that they are not asked for hides none."""
    there = opened(BillRules(posts=1), dev=Bill(a_week()))
    there.book.read(BY_SERVICE, WEEK, POST)
    there.house.time.pass_(hours=7)
    assert there.book.read(BY_SERVICE, WEEK, POST) == ()
    assert there.requests() == 1


def test_what_aws_refuses_is_not_paid_and_is_asked_again(opened: Open) -> None:
    bill = Bill(a_week(), refusal=Refusal("LimitExceededException", "slow down"))
    there = opened(BillRules(posts=1), dev=bill)
    for _ in range(3):
        assert there.book.read(BY_SERVICE, WEEK, POST)
    bill.refusal = None
    assert there.book.read(BY_SERVICE, WEEK, POST) == ()
    assert [one.outcome for one in there.book.requests(NINE)] == ["answered", "failed", "failed", "failed"]


def test_a_request_whose_answer_was_cut_off_may_have_been_paid(opened: Open) -> None:
    bill = Bill(a_week(), refusal=Refusal("InternalFailure", "oh", 500))
    there = opened(BillRules(posts=1), dev=bill)
    assert there.book.read(BY_SERVICE, WEEK, POST)
    bill.refusal = None
    assert "1 paid request " in said(there.book.read(BY_SERVICE, WEEK, POST))["dev"]


def test_a_request_that_toban_died_over_may_have_been_paid(opened: Open) -> None:
    bill = Bill(a_week(), on_ask=dies)
    there = opened(BillRules(posts=1), dev=bill)
    with pytest.raises(Killed):
        there.book.read(BY_SERVICE, WEEK, POST)
    bill.on_ask = lambda: None
    assert [one.outcome for one in there.book.requests(NINE)] == [""]
    assert there.book.read(BY_SERVICE, WEEK, POST)


# -- pages -----------------------------------------------------------------------------------------


def two_services(**more: Any) -> Bill:
    """Two groups a day."""
    return Bill([*a_week("10"), *a_week("1", S3)], **more)


def test_a_day_that_a_page_cuts_in_two_is_stored_whole(opened: Open) -> None:
    there = opened(dev=two_services(page=3))
    assert there.book.read(BY_SERVICE, WEEK, QUESTION) == ()
    assert known(there.book) == set(WEEK)
    assert {one.day: one.amount for one in there.book.sums(BY_SERVICE, WEEK, (By.DAY,))} == dict.fromkeys(
        WEEK, Decimal(11)
    )


def test_with_pages_the_allowance_is_spent_on_the_newest_days_first(opened: Open) -> None:
    """AWS begins with the oldest: one page of them, then as many of the newest; and the gap says the rest."""
    there = opened(dev=two_services(page=5))
    gaps = there.book.read(BY_SERVICE, WEEK, POST)
    assert known(there.book) == {date(2026, 11, day) for day in (23, 24, 28, 29)}
    assert "2 paid requests " in said(gaps)["dev"]
    assert total(there.book) == {"USD": Decimal(44)}


def test_what_pages_left_out_is_asked_for_the_next_day(opened: Open) -> None:
    there = opened(dev=two_services(page=7))
    there.book.read(BY_SERVICE, WEEK, POST)
    there.house.time.pass_(days=1)
    assert there.book.read(BY_SERVICE, WEEK, POST) == ()
    assert known(there.book) == set(WEEK)
    assert total(there.book) == {"USD": Decimal(77)}


def test_a_day_larger_than_what_may_be_asked_is_not_stored_in_part(opened: Open) -> None:
    there = opened(dev=Bill([Line(DAY, f"service {n}", "1") for n in range(10)], page=3))
    assert there.book.read(BY_SERVICE, Days(DAY, DAY), POST)
    assert (known(there.book), total(there.book)) == (set(), {})
    assert there.book.read(BY_SERVICE, Days(DAY, DAY), QUESTION) == ()
    assert total(there.book) == {"USD": Decimal(10)}


def test_a_page_that_aws_refuses_keeps_the_whole_days_before_it(opened: Open) -> None:
    bill = two_services(page=5)
    bill.on_ask = lambda: SLOW_DOWN if len(bill.asked) > 1 else None
    there = opened(dev=bill)
    gaps = there.book.read(BY_SERVICE, WEEK, QUESTION)
    assert said(gaps) == {"dev": "AWS asks for patience (ThrottlingException); ask again in a few minutes"}
    assert known(there.book) == {date(2026, 11, 23), date(2026, 11, 24)}


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
