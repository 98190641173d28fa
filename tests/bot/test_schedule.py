from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

import pytest

from bot.hours import Hours, Span
from bot.schedule import DAYS, Schedule


@pytest.mark.parametrize(
    ("days", "said"), [(DAYS, "daily"), (DAYS[:5], "weekdays"), (DAYS[5:], "weekends"), (DAYS[:2], "mon,tue")]
)
def test_its_times_are_said_as_a_config_says_them(days: tuple[str, ...], said: str) -> None:
    one = Schedule("night", "backup tonight", days, "01:00", "Asia/Tokyo", "C0OPS", "U0SATO")
    assert one.when == f"{said} 01:00 Asia/Tokyo"


def test_one_that_follows_hours_says_whose_and_which() -> None:
    office = Hours("office", Span(time(9), time(19)), DAYS[:5], ZoneInfo("Asia/Tokyo"))
    one = Schedule("on", "ec2 hours office", (), "", "Asia/Tokyo", "C0OPS", "U0SATO", hours=office)
    assert one.when == "office: weekdays 09:00-19:00 Asia/Tokyo"


def test_who_agreed_to_one_without_mail_has_agreed_to_it_still() -> None:
    """The digest is what it was before a schedule could name addresses, and each edit of them changes it."""
    one = Schedule("night", "backup tonight", DAYS, "01:00", "Asia/Tokyo", "C0OPS", "U0SATO")
    assert one.digest == "15e6d427ee6c94728ad7b7ac2f46bc3fd64bb2847b5f4f7dffa0ab5807cdd78c"
    mailed = replace(one, mail=("ops@example.com",))
    more = replace(one, mail=("ops@example.com", "cfo@example.com"))
    assert len({one.digest, mailed.digest, more.digest}) == 3
