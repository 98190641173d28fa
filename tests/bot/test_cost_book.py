"""The bill, read through: what is asked for, what it is paid from, and what is told when AWS says no."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from bot.costs import BY_SERVICE, BillRules, By, Cut, Days, Gap, LeftOut, Metric
from tests.bot.cost_book_given import (
    DAY,
    NINE,
    POST,
    QUESTION,
    SLOW_DOWN,
    WEEK,
    Killed,
    Open,
    a_week,
    days_asked,
    dies,
    known,
    said,
    total,
)
from tests.canned import Refusal
from tests.commands.cost.bills import (
    EC2,
    S3,
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
