"""When somebody is reminded, as a timetable."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.reminder import remind_at

STARTS = datetime(2026, 12, 7, 3, 0, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("left", "before"),
    [
        (14 * DAY, DAY),
        (DAY + 5 * MINUTE, DAY),
        (DAY + 4 * MINUTE, HOUR),
        (DAY, HOUR),
        (HOUR + 5 * MINUTE, HOUR),
        (HOUR, 10 * MINUTE),
        (15 * MINUTE, 10 * MINUTE),
        (14 * MINUTE, None),
        (timedelta(), None),
        (-DAY, None),
    ],
)
def test_a_day_before_else_an_hour_else_ten_minutes(left: timedelta, before: timedelta | None) -> None:
    assert remind_at(STARTS, STARTS - left) == (None if before is None else STARTS - before)
