"""A schedule that follows office hours: due when they begin and end, and never too late to be right."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.hours import Hours, Span, is_open
from bot.store.audit import Event
from jobs.due import Due, dues, next_due
from jobs.overdue import decide
from tests.bot.calendars import DAY, MINUTE, Written, noon, watched, written
from tests.jobs.team import HOUR, NIGHTLY, Team, asked, audited, notices, push

OFFICE = Hours(
    "office-tokyo", Span(time(9), time(19)), ("mon", "tue", "wed", "thu", "fri"), ZoneInfo("Asia/Tokyo")
)
FOLLOWS = replace(NIGHTLY, name="office", days=(), time="", hours=OFFICE)
THURSDAY = datetime(2026, 11, 19, 3, tzinfo=UTC)  # noon in Tokyo
STEADY = settings(
    derandomize=True, deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def test_it_is_due_when_the_hours_begin_and_when_they_end() -> None:
    found = dues(FOLLOWS, THURSDAY, THURSDAY + 2 * DAY)
    assert found == [
        Due("2026-11-19T19:00", datetime(2026, 11, 19, 10, tzinfo=UTC)),
        Due("2026-11-20T09:00", datetime(2026, 11, 20, 0, tzinfo=UTC)),
        Due("2026-11-20T19:00", datetime(2026, 11, 20, 10, tzinfo=UTC)),
    ]
    assert next_due(FOLLOWS, found[-1].at) == datetime(2026, 11, 23, 0, tzinfo=UTC)


def test_after_a_break_only_the_newest_change_is_asked_however_late_and_nothing_is_missed(team: Team) -> None:
    """Down from Thursday noon to Sunday: what should hold now is asked once, and nobody hears of the rest."""
    with team.at_work(THURSDAY, FOLLOWS):
        pass
    sunday = THURSDAY + 3 * DAY
    for _ in range(2):
        with team.at_work(sunday, FOLLOWS) as (here, clock):
            clock.ask_due(sunday)
            assert asked(here) == ["schedule/office/2026-11-20T19:00"]
            assert audited(here, Event.SCHEDULE_MISSED) == []
            assert notices(here) == []


def test_each_change_is_asked_once_while_toban_is_at_work(team: Team) -> None:
    with team.at_work(THURSDAY, FOLLOWS) as (here, clock):
        for hours in range(1, 25):
            push(here, clock, THURSDAY + hours * HOUR)
        assert asked(here) == ["schedule/office/2026-11-19T19:00", "schedule/office/2026-11-20T09:00"]


@STEADY
@given(written(), st.lists(st.integers(1, 900), min_size=1, max_size=12))
def test_whenever_toban_is_at_work_what_was_asked_last_is_what_a_reader_would_say(
    one: Written, breaks: list[int]
) -> None:
    """Looks come after any number of minutes; after each, the state that was asked for holds."""
    schedule, middle = replace(FOLLOWS, hours=one.read()), noon(one.around) - DAY
    as_read = dict(watched(one, middle, middle + 2 * DAY))
    seen_until, holds = middle, as_read[middle]
    for now in looks(middle, breaks):
        asked_for = decide(schedule, dues(schedule, seen_until, now), now).ask
        if asked_for is not None:
            assert schedule.hours is not None
            holds = is_open(schedule.hours, now)  # the line plans from what is now
        assert holds == as_read[now], now
        seen_until = now


def looks(begin: datetime, breaks: list[int]) -> Iterator[datetime]:
    """The moments at which toban looks, so many minutes after each other, within two days."""
    now = begin
    for minutes in breaks:
        now += minutes * MINUTE
        if now <= begin + timedelta(days=2):
            yield now
