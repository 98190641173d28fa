"""A clock that can be pushed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.schedule import Schedule
from playground.page.pushed_clock import moment, push, upcoming
from playground.slack.errors import CannotDoError
from playground.slack.office import Outcome

TOKYO = ZoneInfo("Asia/Tokyo")
SATURDAY = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)  # noon in Tokyo
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NIGHTLY = Schedule("nightly", "snapshot create", WEEK, "01:00", "Asia/Tokyo", "C0OPS", "U0SATO")
DEV_OFF = Schedule("dev-off", "ec2 stop", WEEK[:5], "20:00", "Asia/Tokyo", "C0OPSPROD", "U0SUZUKI")


class Typist:
    """Notes what is typed."""

    def __init__(self) -> None:
        self.typed: list[tuple[str, str, str]] = []

    def __call__(self, person: str, channel: str, line: str) -> Outcome:
        self.typed.append((person, channel, line))
        return Outcome(acked=True, seconds=0.0, payload={})


def test_a_time_of_day_means_its_next_moment() -> None:
    assert moment("20:00", SATURDAY, TOKYO) == datetime(2026, 11, 21, 20, 0, tzinfo=TOKYO)
    assert moment("01:00", SATURDAY, TOKYO) == datetime(2026, 11, 22, 1, 0, tzinfo=TOKYO)
    assert moment("2026-11-23T20:00", SATURDAY, TOKYO) == datetime(2026, 11, 23, 20, 0, tzinfo=TOKYO)


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="noon"):
        moment("noon", SATURDAY, TOKYO)


def test_the_owner_types_what_is_due_in_its_channel() -> None:
    types = Typist()
    push([NIGHTLY, DEV_OFF], datetime(2026, 11, 23, 20, 0, tzinfo=TOKYO), types)
    assert types.typed == [("U0SUZUKI", "C0OPSPROD", "/schedule run dev-off")]


def test_on_a_sunday_nobody_stops_for_the_night() -> None:
    types = Typist()
    assert push([NIGHTLY, DEV_OFF], datetime(2026, 11, 22, 20, 0, tzinfo=TOKYO), types) == []
    assert types.typed == []


def test_what_cannot_be_typed_is_told() -> None:
    def refuses(_person: str, _channel: str, _line: str) -> Outcome:
        raise CannotDoError("has left the company")

    (told,) = push([NIGHTLY], datetime(2026, 11, 22, 1, 0, tzinfo=TOKYO), refuses)
    assert told.trouble == "has left the company"


def test_the_next_runs_come_in_their_order() -> None:
    runs = upcoming([DEV_OFF, NIGHTLY], SATURDAY)
    assert [(run.schedule.name, f"{run.at:%a %H:%M}") for run in runs] == [
        ("nightly", "Sun 01:00"),
        ("dev-off", "Mon 20:00"),
    ]
