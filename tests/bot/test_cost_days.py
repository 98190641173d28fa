"""Which days of a bill are asked for: those that are not known or may have changed, and no others."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cost_days import BRIDGE, FRESH, MOST, due, end, is_due, is_settled, month_end, oldest
from bot.costs import Days, DayState

SECOND = timedelta(seconds=1)
NINE = datetime(2026, 11, 30, 0, 0, tzinfo=UTC)  # in Tokyo
YESTERDAY = date(2026, 11, 29)


def state(day: date, asked: datetime, *, final: bool = False) -> DayState:
    settled = is_settled(day, asked, final)
    return DayState("dev", day, asked, settled, final, "USD", Decimal(1), Decimal(1))


def day_of(n: int) -> date:
    """So many days before yesterday."""
    return YESTERDAY - timedelta(days=n)


def kept(first: int, last: int, asked: datetime, *, final: bool = False) -> list[DayState]:
    """Days from so many to so many before yesterday."""
    return [state(day_of(n), asked, final=final) for n in range(first, last + 1)]


@pytest.mark.parametrize(
    ("after", "final", "settled"),
    [
        (timedelta(hours=72), False, True),
        (timedelta(hours=72) - SECOND, False, False),
        (timedelta(0), False, False),
        (timedelta(0), True, True),  # AWS says that it is no estimate
    ],
)
def test_a_day_settles_three_days_after_its_end_or_when_it_is_final(
    after: timedelta, final: bool, settled: bool
) -> None:
    assert is_settled(YESTERDAY, end(YESTERDAY) + after, final) is settled


@pytest.mark.parametrize(("ago", "again"), [(FRESH + SECOND, True), (FRESH, False), (timedelta(0), False)])
def test_a_day_that_still_changes_is_asked_for_again_after_six_hours(ago: timedelta, again: bool) -> None:
    assert is_due(state(YESTERDAY, NINE - ago), NINE) is again


def test_a_day_that_has_settled_is_left_alone_until_its_month_is_invoiced() -> None:
    settled = state(date(2026, 10, 10), datetime(2026, 10, 14, tzinfo=UTC))
    assert not is_due(settled, datetime(2026, 11, 6, 23, 59, 59, tzinfo=UTC))
    assert is_due(settled, datetime(2026, 11, 7, tzinfo=UTC))


@pytest.mark.parametrize(
    ("asked", "now", "again"),
    [
        ((11, 6), (11, 7), True),  # six days after the month's end
        ((11, 7), (11, 8), False),
        ((11, 7), (11, 12), False),
        ((11, 12), (11, 13), True),  # and after twelve
        ((11, 13), (11, 14), False),
        ((11, 13), (12, 30), False),  # then never again
    ],
)
def test_a_month_is_asked_for_twice_after_its_end(
    asked: tuple[int, int], now: tuple[int, int], again: bool
) -> None:
    known = state(date(2026, 10, 31), datetime(2026, *asked, tzinfo=UTC))
    assert is_due(known, datetime(2026, *now, tzinfo=UTC)) is again


def test_a_final_day_is_never_asked_for_again() -> None:
    final = state(date(2026, 10, 31), datetime(2026, 11, 1, tzinfo=UTC), final=True)
    assert not is_due(final, datetime(2026, 11, 13, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "ends"),
    [((2026, 2, 1), (2026, 3, 1)), ((2028, 2, 29), (2028, 3, 1)), ((2026, 12, 31), (2027, 1, 1))],
)
def test_a_month_ends_at_midnight_in_utc(day: tuple[int, int, int], ends: tuple[int, int, int]) -> None:
    assert month_end(date(*day)) == datetime(*ends, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        ((2026, 11, 30), (2025, 10, 1)),
        ((2026, 12, 1), (2025, 11, 1)),
        ((2027, 3, 1), (2026, 2, 1)),  # 393 days: February is short
        ((2027, 1, 31), (2025, 12, 1)),
    ],
)
def test_aws_keeps_fourteen_months_with_the_current_one(
    today: tuple[int, int, int], first: tuple[int, int, int]
) -> None:
    assert oldest(date(*today)) == date(*first)


def test_nothing_older_than_aws_keeps_is_asked_for() -> None:
    (stretch,) = due(Days(date(2025, 9, 1), date(2025, 10, 3)), (), NINE)
    assert stretch == Days(date(2025, 10, 1), date(2025, 10, 3))


def test_today_is_asked_for_and_tomorrow_is_not() -> None:
    assert due(Days(YESTERDAY, date(2026, 12, 3)), (), NINE) == [Days(YESTERDAY, date(2026, 11, 30))]


def test_days_come_in_chunks_of_sixty_two_the_newest_first() -> None:
    asked = due(Days(day_of(129), YESTERDAY), (), NINE)
    assert [len(one) for one in asked] == [62, 62, 6]
    assert asked[0] == Days(day_of(61), YESTERDAY)
    assert asked[1].last == day_of(62)


def test_on_an_ordinary_morning_the_new_day_and_the_three_before_it_are_asked_for() -> None:
    last_morning = kept(1, 59, NINE - timedelta(days=1))
    assert due(Days(day_of(59), YESTERDAY), last_morning, NINE) == [Days(day_of(3), YESTERDAY)]


def test_days_between_two_stretches_are_asked_for_as_well_where_that_saves_a_request() -> None:
    """On the seventh: the month that was invoiced, two days that settled, and those that still change."""
    now = datetime(2026, 11, 7, tzinfo=UTC)
    days = Days(date(2026, 10, 1), date(2026, 11, 6))
    known = [
        state(day, min(now - timedelta(days=1), end(day) + timedelta(days=3)))
        for day in Days(days.first, date(2026, 11, 5))
    ]
    assert due(days, known, now) == [days]


def test_a_final_day_between_two_stretches_keeps_them_apart() -> None:
    known = [state(day_of(3), NINE, final=True)]
    assert due(Days(day_of(5), YESTERDAY), known, NINE) == [
        Days(day_of(2), YESTERDAY),
        Days(day_of(5), day_of(4)),
    ]


def test_far_stretches_are_asked_for_each_by_itself() -> None:
    fresh = kept(1, BRIDGE + 1, NINE)
    asked = due(Days(day_of(BRIDGE + 2), YESTERDAY), fresh, NINE)
    assert asked == [Days(YESTERDAY, YESTERDAY), Days(day_of(BRIDGE + 2), day_of(BRIDGE + 2))]


hours = st.integers(0, 24 * 30)
histories = st.dictionaries(st.integers(-3, 450), st.tuples(hours, st.booleans()), max_size=60)


@given(histories, st.integers(0, 450), st.integers(-3, 20), hours)
@settings(max_examples=150, deadline=None)
def test_no_final_day_and_no_day_to_come_is_asked_for_and_each_day_once(
    history: dict[int, tuple[int, bool]], length: int, last: int, late: int
) -> None:
    now = NINE + timedelta(hours=late)
    known = [
        state(day_of(n), end(day_of(n)) + timedelta(hours=asked), final=final)
        for n, (asked, final) in history.items()
    ]
    wanted = Days(day_of(last + length), day_of(last))
    asked = [day for stretch in due(wanted, known, now) for day in reversed(list(stretch))]
    assert asked == sorted(set(asked), reverse=True)  # each once, the newest first
    assert set(asked) <= set(wanted)
    assert not set(asked) & {one.day for one in known if one.final}
    assert all(oldest(now.date()) <= day <= now.date() for day in asked)
    assert all(len(stretch) <= MOST for stretch in due(wanted, known, now))
    missing = {day for day in wanted if oldest(now.date()) <= day <= now.date()} - {one.day for one in known}
    assert missing <= set(asked)
