"""When a schedule is due, read like a timetable."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.hours import WEEKDAYS
from bot.schedule import Schedule
from jobs.due import due_times, dues, next_due

DAILY = WEEKDAYS
MINUTE = timedelta(minutes=1)


def schedule(time: str, zone: str = "Asia/Tokyo", days: tuple[str, ...] = DAILY) -> Schedule:
    return Schedule("nightly", "ec2 list", days, time, zone, "C0OPS", "U0SATO")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def timetable(one: Schedule, after: str, until: str) -> list[str]:
    """The local date and time of each run, and when that is in UTC."""
    return [f"{due.local} = {due.at:%m-%d %H:%M:%S}Z" for due in dues(one, utc(after), utc(until))]


def test_one_in_the_morning_in_tokyo_is_the_afternoon_before_in_utc() -> None:
    assert timetable(schedule("01:00"), "2026-11-20", "2026-11-22") == [
        "2026-11-21T01:00 = 11-20 16:00:00Z",
        "2026-11-22T01:00 = 11-21 16:00:00Z",
    ]


def test_weekdays_are_those_of_the_schedules_own_zone() -> None:
    """Saturday 01:00 in Tokyo is still Friday in UTC."""
    assert timetable(schedule("01:00", days=("sat",)), "2026-11-16", "2026-11-23") == [
        "2026-11-21T01:00 = 11-20 16:00:00Z"
    ]


def test_monday_is_monday() -> None:
    """2026-11-23 is a Monday."""
    assert timetable(schedule("12:00", "UTC", ("mon",)), "2026-11-16T13:00", "2026-11-24") == [
        "2026-11-23T12:00 = 11-23 12:00:00Z"
    ]


def test_the_first_is_the_first_of_every_month_and_the_next_is_found_from_any_day() -> None:
    monthly = schedule("09:00", "UTC", ("1st",))
    assert timetable(monthly, "2026-11-30T10:00", "2027-02-01T09:00") == [
        "2026-12-01T09:00 = 12-01 09:00:00Z",
        "2027-01-01T09:00 = 01-01 09:00:00Z",
        "2027-02-01T09:00 = 02-01 09:00:00Z",
    ]
    assert next_due(monthly, utc("2026-12-01T09:00")) == utc("2027-01-01T09:00")


def test_the_autumn_hour_that_comes_twice_is_due_the_first_time() -> None:
    """2026-11-01 in New York: 01:59 EDT is followed by 01:00 EST."""
    assert timetable(schedule("01:30", "America/New_York"), "2026-10-31T12:00", "2026-11-02T12:00") == [
        "2026-11-01T01:30 = 11-01 05:30:00Z",
        "2026-11-02T01:30 = 11-02 06:30:00Z",
    ]


def test_a_time_in_the_gap_of_spring_is_due_once_at_the_first_moment_after_it() -> None:
    """2026-03-08 in New York: 01:59 EST is followed by 03:00 EDT."""
    assert timetable(schedule("02:30", "America/New_York"), "2026-03-07T12:00", "2026-03-09T12:00") == [
        "2026-03-08T02:30 = 03-08 07:00:00Z",
        "2026-03-09T02:30 = 03-09 06:30:00Z",
    ]


def test_three_oclock_on_that_day_is_three_oclock() -> None:
    assert timetable(schedule("03:00", "America/New_York"), "2026-03-08", "2026-03-09") == [
        "2026-03-08T03:00 = 03-08 07:00:00Z"
    ]


def test_a_date_that_a_zone_skipped_is_still_one_run() -> None:
    """Samoa went from 2011-12-29 straight to 2011-12-31."""
    assert timetable(schedule("01:00", "Pacific/Apia"), "2011-12-30T00:00", "2011-12-31T00:00") == [
        "2011-12-30T01:00 = 12-30 10:00:00Z",
        "2011-12-31T01:00 = 12-30 11:00:00Z",
    ]


def test_a_run_belongs_to_the_span_that_ends_with_it() -> None:
    one, at = schedule("12:00", "UTC"), utc("2026-11-21T12:00")
    assert due_times(one, at - MINUTE, at) == [at]
    assert due_times(one, at, at + MINUTE) == []


def test_the_next_run_is_after_now_not_now() -> None:
    one = schedule("12:00", "UTC", ("sat",))
    assert next_due(one, utc("2026-11-21T11:59")) == utc("2026-11-21T12:00")
    assert next_due(one, utc("2026-11-21T12:00")) == utc("2026-11-28T12:00")
    assert next_due(schedule("12:00", days=()), utc("2026-11-21")) is None


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = utc("2026-11-21T12:00").replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        due_times(schedule("12:00"), naive, utc("2026-11-22T12:00"))
    with pytest.raises(ValueError, match="zone"):
        due_times(schedule("12:00"), utc("2026-11-20T12:00"), naive)


def minute_by_minute(one: Schedule, after: datetime, until: datetime) -> Iterator[datetime]:
    """The slow and obvious answer: watch a clock on the wall until it first shows the time, or more."""
    zone, clock = ZoneInfo(one.zone), time.fromisoformat(one.time)
    now = after - timedelta(days=3)
    farthest = wall = now.astimezone(zone).replace(tzinfo=None)
    while now < until:
        now += MINUTE
        wall = now.astimezone(zone).replace(tzinfo=None)
        for day in dates(farthest.date(), wall.date()):
            shown = farthest < datetime.combine(day, clock) <= wall
            if shown and now > after and WEEKDAYS[day.weekday()] in one.days:
                yield now
        farthest = max(farthest, wall)


def dates(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


CLOCK_CHANGES = {
    "Asia/Tokyo": ["2026-11-21"],
    "America/New_York": ["2026-03-08", "2026-11-01"],
    "Europe/London": ["2026-03-29", "2026-10-25"],
    "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],  # half an hour
    "America/St_Johns": ["2010-03-14", "2010-11-07"],  # one minute past midnight
    "America/Sao_Paulo": ["2018-02-18", "2018-11-04"],  # at midnight
    "Asia/Gaza": ["2026-03-28", "2026-10-24"],
    "Pacific/Apia": ["2011-12-30"],  # a whole day
    "Asia/Kathmandu": ["2026-01-01"],
}
MOMENTS = st.sampled_from([(zone, day) for zone, days in CLOCK_CHANGES.items() for day in days])
TIMES = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59)) | st.sampled_from(
    ["00:00", "00:01", "00:30", "01:00", "01:30", "02:00", "02:30", "03:00", "23:01", "23:30", "23:59"]
)


@settings(max_examples=120, deadline=None)
@given(
    MOMENTS,
    TIMES,
    st.sets(st.sampled_from(DAILY)),
    st.integers(-2000, 2000),
    st.integers(0, 3000),
)
@example(("America/St_Johns", "2010-11-07"), "00:00", set(DAILY), -1000, 1180)
@example(("Pacific/Apia", "2011-12-30"), "00:00", set(DAILY), 0, 3000)
def test_it_is_what_a_person_who_watches_the_wall_clock_would_say(
    where: tuple[str, str], clock: str, days: set[str], offset: int, length: int
) -> None:
    zone, day = where
    one = schedule(clock, zone, tuple(day for day in DAILY if day in days))
    after = utc(day) + offset * MINUTE
    until = after + length * MINUTE
    assert due_times(one, after, until) == list(minute_by_minute(one, after, until))


@settings(max_examples=60, deadline=None)
@given(MOMENTS, TIMES, st.lists(st.integers(0, 4000), min_size=1, max_size=6))
def test_looking_often_or_seldom_finds_the_same_runs(
    where: tuple[str, str], clock: str, looks: list[int]
) -> None:
    zone, day = where
    one = schedule(clock, zone)
    marks = [utc(day) - timedelta(days=1) + MINUTE * look for look in sorted({0, *looks, 4000})]
    bit_by_bit = [due for first, last in pairwise(marks) for due in dues(one, first, last)]
    assert bit_by_bit == dues(one, marks[0], marks[-1])
    assert len({due.local for due in bit_by_bit}) == len(bit_by_bit)
