"""How much of the time office hours are open, by hand."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.hours import Dates, Hours, Span
from commands.power.share import percent, share, to_come

TOKYO = ZoneInfo("Asia/Tokyo")
DAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE = Hours("office", Span(time(9), time(19)), DAYS, TOKYO)
MONDAY = datetime(2026, 11, 30, 0, 0, tzinfo=TOKYO)
WEEK = timedelta(days=7)


def test_ten_hours_on_five_days_are_fifty_of_a_hundred_and_sixty_eight() -> None:
    assert share(OFFICE, MONDAY, MONDAY + WEEK) == Decimal(50) / 168
    assert percent(share(OFFICE, MONDAY, MONDAY + WEEK)) == "30 %"


def test_it_may_begin_and_end_within_the_hours() -> None:
    noon = MONDAY.replace(hour=12)
    assert share(OFFICE, noon, noon + timedelta(hours=14)) == Decimal(7) / 14
    assert share(OFFICE, noon, noon + timedelta(hours=2)) == 1


def test_a_closed_week_is_not_open() -> None:
    closed = Hours(
        "office", Span(time(9), time(19)), DAYS, TOKYO, closed=(Dates(date(2026, 11, 30), date(2026, 12, 6)),)
    )
    assert share(closed, MONDAY, MONDAY + WEEK) == 0
    assert to_come(closed, MONDAY) == Decimal(150) / (4 * 168)


def test_hours_without_an_end_are_always_open() -> None:
    always = Hours("always", Span(time(0), time(0)), (*DAYS, "sat", "sun"), TOKYO)
    assert share(always, MONDAY.astimezone(UTC), (MONDAY + WEEK).astimezone(UTC)) == 1
