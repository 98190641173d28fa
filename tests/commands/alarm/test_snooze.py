from datetime import UTC, datetime, timedelta

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from bot.trouble import Phase
from tests.commands.alarm.alarms import WEB, come, lines, now
from tests.commands.desk import Desk


def test_nobody_is_called_for_a_while(desk: Desk) -> None:
    come(desk)
    begun = desk.house.time()
    (row,) = desk.carry_out("/alarm snooze A1 --for 2h")
    assert row.state is StepState.DONE
    until = now(desk, 1).snoozed_until
    assert until is not None
    assert timedelta(hours=2) <= until - begun < timedelta(hours=2, minutes=5)


def test_or_until_a_moment_in_the_teams_zone(desk: Desk) -> None:
    come(desk)
    desk.carry_out("/alarm snooze A1 --until 22:00")
    assert now(desk, 1).snoozed_until == datetime(2026, 11, 21, 13, tzinfo=UTC)


def test_another_word_counts_instead_of_the_first(desk: Desk) -> None:
    come(desk)
    desk.carry_out("/alarm snooze A1 --until 22:00")
    desk.carry_out("/alarm snooze A1 --until 23:00")
    assert now(desk, 1).snoozed_until == datetime(2026, 11, 21, 14, tzinfo=UTC)


def test_what_is_over_needs_no_quiet(desk: Desk) -> None:
    come(desk)
    desk.house.time.pass_(minutes=1)
    come(desk, WEB, Phase.ENDS)
    assert lines(desk, "/alarm snooze A1 --for 1h") == ["#A1 is over."]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ("", "Say either for how long"),
        ("--for 1h --until 22:00", "Say either for how long"),
        ("--until 2026-11-20T22:00", "is past"),
        ("--for 40d", "longer than 31 days"),
        ("--for 5s", "at least 1m"),
    ],
)
def test_a_time_that_makes_no_sense_is_a_sentence(desk: Desk, options: str, why: str) -> None:
    come(desk)
    with pytest.raises(UsageError, match=why):
        desk.plan(f"/alarm snooze A1 {options}")
