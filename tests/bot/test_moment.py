"""A time of day that somebody typed is the next one; in a year's two odd nights too."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.moment import Moment

TOKYO, LONDON = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("clock", "moment"),
    [
        (time(22), datetime(2026, 11, 22, 13, tzinfo=UTC)),
        (time(18, 1), datetime(2026, 11, 22, 9, 1, tzinfo=UTC)),
        (time(18), datetime(2026, 11, 23, 9, tzinfo=UTC)),  # it is 18:00 now: not this one
        (time(9), datetime(2026, 11, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_time_of_day_is_the_next_one_in_the_teams_zone(clock: time, moment: datetime) -> None:
    assert Moment(clock).after(datetime(2026, 11, 22, 9, tzinfo=UTC), TOKYO) == moment


def test_a_time_of_a_date_is_that_one_even_when_it_is_past() -> None:
    typed = Moment(time(9), date(2026, 11, 1))
    assert typed.after(datetime(2026, 11, 22, tzinfo=UTC), TOKYO) == datetime(2026, 11, 1, tzinfo=UTC)


def test_a_time_that_does_not_exist_is_the_first_moment_after_the_gap() -> None:
    typed = Moment(time(1, 30), date(2026, 3, 29))
    assert typed.after(datetime(2026, 3, 1, tzinfo=UTC), LONDON) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first_one() -> None:
    typed = Moment(time(1, 30), date(2026, 10, 25))
    assert typed.after(datetime(2026, 10, 1, tzinfo=UTC), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its zone"):
        Moment(time(9)).after(datetime(2026, 11, 22), TOKYO)  # noqa: DTZ001 - that is the point
