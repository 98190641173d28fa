"""Office hours are what a reader of the config would say, at every minute."""

from datetime import UTC, date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.hours import DAY, Dates, Hours, Span, is_open, next_switch, on, switches
from tests.bot.calendars import MINUTE, Written, noon, watched, written

STEADY = settings(
    derandomize=True, deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
TOKYO = ZoneInfo("Asia/Tokyo")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE = Hours("office", Span(time(9), time(19)), WEEKDAYS, TOKYO)
NIGHT = Hours("night", Span(time(22), time(5)), WEEKDAYS, TOKYO)
ALWAYS = Hours("always", Span(time(0), time(0)), (*WEEKDAYS, "sat", "sun"), TOKYO)


def tokyo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def seen(hours: Hours, after: str, until: str) -> list[str]:
    """The switches in Tokyo's time."""
    found = switches(hours, tokyo(after), tokyo(until))
    return [f"{moment.astimezone(TOKYO):%a %d %H:%M}" for moment in found]


@STEADY
@given(written())
def test_at_every_minute_they_are_what_a_reader_of_the_config_would_say(one: Written) -> None:
    """Over zones, odd nights, holidays, closed dates and exceptions."""
    hours, middle = one.read(), noon(one.around)
    for at, as_read in watched(one, middle - DAY, middle + DAY):
        assert is_open(hours, at) == as_read, at


@STEADY
@given(written(), st.integers(0, 2880), st.integers(0, 2880))
def test_they_change_when_a_reader_would_see_them_change(one: Written, early: int, late: int) -> None:
    hours, middle = one.read(), noon(one.around) - DAY
    after, until = sorted((middle + early * MINUTE, middle + late * MINUTE))
    minutes = list(watched(one, after, until))
    changed = [at for (_, before), (at, now) in pairwise(minutes) if before != now]
    assert list(switches(hours, after, until)) == changed
    following = next_switch(hours, after)
    assert following == changed[0] if changed else following is None or following > until


def test_the_begin_is_within_the_hours_and_the_end_no_longer() -> None:
    said = [is_open(OFFICE, tokyo(f"2026-11-20T{clock}")) for clock in ("08:59", "09:00", "18:59", "19:00")]
    assert said == [False, True, True, False]


def test_a_night_belongs_to_the_date_on_which_it_begins() -> None:
    assert is_open(NIGHT, tokyo("2026-11-21T04:59"))  # Saturday, of Friday's night
    assert not is_open(NIGHT, tokyo("2026-11-23T04:59"))  # Monday, of a Sunday's
    assert seen(NIGHT, "2026-11-20T12:00", "2026-11-24T12:00") == [
        "Fri 20 22:00",
        "Sat 21 05:00",
        "Mon 23 22:00",
        "Tue 24 05:00",
    ]


def test_days_that_touch_are_one_time_and_hours_without_an_end_never_change() -> None:
    assert seen(
        Hours("n", Span(time(0), time(0)), WEEKDAYS, TOKYO), "2026-11-16T12:00", "2026-11-23T12:00"
    ) == [
        "Sat 21 00:00",
        "Mon 23 00:00",
    ]
    assert is_open(ALWAYS, tokyo("2026-11-20T00:00"))
    assert next_switch(ALWAYS, tokyo("2026-11-20T00:00")) is None


def test_a_short_day_within_a_long_night_does_not_end_it() -> None:
    hours = Hours(
        "night",
        Span(time(1), time(2)),
        WEEKDAYS,
        TOKYO,
        open=((Dates(date(2026, 11, 19), date(2026, 11, 19)), Span(time(20), time(8))),),
    )
    assert seen(hours, "2026-11-19T12:00", "2026-11-20T12:00") == ["Thu 19 20:00", "Fri 20 08:00"]


def test_a_day_that_has_begun_goes_on_where_the_clock_goes_back_to_the_evening_before() -> None:
    zone = ZoneInfo("America/St_Johns")  # at one minute past midnight, for an hour
    sunday = Hours("sunday", Span(time(0), time(12)), ("sun",), zone)
    back_at = datetime(2010, 11, 7, 2, 31, tzinfo=UTC)
    assert back_at.astimezone(zone).date() == date(2010, 11, 6)
    assert is_open(sunday, back_at)


def test_an_exception_goes_before_closed_dates_holidays_and_days() -> None:
    saturday, monday = date(2026, 12, 5), date(2026, 12, 7)
    both = Dates(saturday, monday)
    hours = Hours(
        "office",
        Span(time(9), time(19)),
        WEEKDAYS,
        TOKYO,
        holidays=frozenset({monday}),
        closed=(both,),
        open=((Dates(saturday, saturday), Span(time(10), time(15))),),
    )
    assert on(hours, saturday) == Span(time(10), time(15))
    assert on(hours, monday) is None
    assert on(hours, monday + DAY) == Span(time(9), time(19))


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its zone"):
        is_open(OFFICE, datetime(2026, 11, 20))  # noqa: DTZ001 - that is the point


def test_a_calendar_says_all_that_it_is_so_that_no_edit_goes_unseen() -> None:
    hours = Hours(
        "office",
        Span(time(9), time(19)),
        WEEKDAYS,
        TOKYO,
        countries=("JP",),
        closed=(Dates(date(2026, 12, 29), date(2027, 1, 3)),),
        open=((Dates(date(2026, 12, 5), date(2026, 12, 5)), Span(time(10), time(15))),),
    )
    assert str(hours) == (
        "office: mon,tue,wed,thu,fri 09:00-19:00 Asia/Tokyo; holidays JP; "
        "closed 2026-12-29..2027-01-03; open 2026-12-05 10:00-15:00"
    )


def test_what_is_after_is_never_now() -> None:
    at = datetime(2026, 11, 20, 0, tzinfo=UTC)  # 09:00 in Tokyo
    assert next_switch(OFFICE, at - MINUTE) == at
    assert next_switch(OFFICE, at) == datetime(2026, 11, 20, 10, tzinfo=UTC)
