"""Office hours in the config file: what they mean, and every mistake in words."""

import sys
from datetime import date, time
from pathlib import Path

import pytest

from bot.hours import Dates, Span, on
from tests.bot.configs import LEAST, SCHEDULE, Load, loader, mistakes

OFFICE = """
[hours.office-tokyo]
begin = "09:00"
end = "19:00"
days = "weekdays"
"""
FOLLOWS = SCHEDULE.replace('days = "daily"\ntime = "01:00"', 'hours = "office-tokyo"')


@pytest.fixture
def config(tmp_path: Path) -> Load:
    return loader(tmp_path)


def test_a_calendar_is_in_the_teams_zone_unless_it_names_its_own(config: Load) -> None:
    text = LEAST + OFFICE + OFFICE.replace("office-tokyo", "office-london") + 'zone = "Europe/London"\n'
    hours = config(text).hours
    assert {name: one.zone.key for name, one in hours.items()} == {
        "office-tokyo": "Asia/Tokyo",
        "office-london": "Europe/London",
    }
    assert hours["office-tokyo"].span == Span(time(9), time(19))


def test_hours_have_no_days_of_the_month(config: Load) -> None:
    (found,) = mistakes(config, LEAST + OFFICE.replace('"weekdays"', '["mon", "1st"]'))
    assert "hours repeat every week; 1st is a day of the month" in found


def test_holidays_of_a_country_and_of_a_part_of_it_are_free(config: Load) -> None:
    text = LEAST + OFFICE + 'holidays = ["jp", "US-CA"]\n'
    hours = config(text).hours["office-tokyo"]
    labour_thanksgiving, cesar_chavez, tuesday = date(2026, 11, 23), date(2026, 3, 31), date(2026, 11, 24)
    assert hours.countries == ("JP", "US-CA")
    assert [on(hours, day) for day in (labour_thanksgiving, cesar_chavez)] == [None, None]
    assert on(hours, tuesday) == hours.span


def test_the_library_of_holidays_is_left_alone_where_no_country_is_named(
    config: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)  # importing it would now fail
    assert on(config(LEAST + OFFICE).hours["office-tokyo"], date(2026, 11, 23)) == Span(time(9), time(19))


def test_the_teams_own_dates_close_and_open(config: Load) -> None:
    text = (
        LEAST
        + OFFICE
        + 'closed = ["2026-12-29..2027-01-03", 2026-11-02]\n'
        + 'open = ["2026-12-05 10:00-15:00", 2026-12-06, "2026-12-12..2026-12-13 22:00 - 06:00"]\n'
    )
    hours = config(text).hours["office-tokyo"]
    assert hours.closed[0] == Dates(date(2026, 12, 29), date(2027, 1, 3))
    assert on(hours, date(2026, 11, 2)) is None
    assert [on(hours, date(2026, 12, day)) for day in (5, 6, 13)] == [
        Span(time(10), time(15)),
        Span(time(9), time(19)),
        Span(time(22), time(6)),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('holidays = ["Japan"]', "there are no holidays of “Japan”. Did you mean JP?"),
        ('holidays = ["日本"]', "there are no holidays of “日本”. Did you mean JP?"),
        ('holidays = ["QQQ"]', "there are no holidays of “QQQ”. Write two letters such as JP, US or US-CA."),
        ('holidays = ["GB-XX"]', "Choose from GB, GB-ENG, GB-NIR, GB-SCT, GB-WLS."),
        ('closed = ["2026-02-30"]', "“2026-02-30” is no date; write 2026-12-29"),
        ('closed = ["2027-01-03..2026-12-29"]', "ends before it begins"),
        ('open = ["2026-12-05 10-15"]', "“10” is not a time of day"),
        ('open = ["2026-12-05 at noon"]', "“2026-12-05 at noon” is no exception"),
        ('colsed = ["2026-12-29"]', "Did you mean closed"),
    ],
)
def test_a_mistake_says_what_would_be_right(config: Load, line: str, said: str) -> None:
    (found,) = mistakes(config, LEAST + OFFICE + line + "\n")
    assert said in found


def test_no_calendar_has_the_name_that_a_tag_has_for_none(config: Load) -> None:
    (found,) = mistakes(config, LEAST + OFFICE.replace("office-tokyo", "None"))
    assert "“none” is what a tag says" in found


def test_a_schedule_follows_a_calendar_in_its_zone(config: Load) -> None:
    (one,) = config(LEAST + OFFICE + 'zone = "Europe/London"\n' + FOLLOWS).schedules
    assert one.hours is not None
    assert (one.hours.name, one.zone, one.days, one.time) == ("office-tokyo", "Europe/London", (), "")


def test_an_edit_of_a_calendar_is_an_edit_of_the_schedules_that_follow_it(config: Load) -> None:
    (before,) = config(LEAST + OFFICE + FOLLOWS).schedules
    (after,) = config(LEAST + OFFICE + 'closed = ["2026-12-29"]\n' + FOLLOWS).schedules
    assert before.digest != after.digest


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        (FOLLOWS + 'days = "daily"\n', "its hours say when it is due; take days, time and zone away."),
        (SCHEDULE.replace('time = "01:00"\n', ""), "it needs days and a time, or the hours"),
        (
            FOLLOWS.replace('"office-tokyo"', '"ofice-tokyo"'),
            "nightly: there is no calendar “ofice-tokyo”. Did you mean office-tokyo?",
        ),
    ],
)
def test_a_schedule_is_due_in_one_way(config: Load, schedule: str, said: str) -> None:
    (found,) = mistakes(config, LEAST + OFFICE + schedule)
    assert said in found
