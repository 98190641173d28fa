"""What becomes of runs that fell due while toban was down, and that nothing is done twice."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.store import schedules
from bot.store.audit import Event
from jobs.clock import Clock
from tests.house import APPROVER, READER
from tests.jobs.team import (
    DAY,
    EVENING,
    HOUR,
    MINUTE,
    NIGHT,
    NIGHTLY,
    SECOND,
    Team,
    asked,
    audited,
    disabled,
    notices,
    push,
)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def test_a_new_schedule_counts_from_when_it_was_first_seen(team: Team) -> None:
    with team.at_work(NIGHT + MINUTE) as (here, clock):
        assert push(here, clock, NIGHT + 2 * MINUTE) == ()
        assert audited(here, Event.SCHEDULE_MISSED) == []


def test_a_run_that_fell_due_while_toban_was_down_happens_within_its_grace(team: Team) -> None:
    with team.at_work(EVENING):
        pass
    with team.at_work(NIGHT + HOUR) as (here, clock):
        assert len(clock.ask_due(NIGHT + HOUR)) == 1
        assert audited(here, Event.SCHEDULE_MISSED) == []


def test_a_run_beyond_its_grace_is_missed_and_its_channel_is_told_once(team: Team) -> None:
    late = NIGHT + HOUR + SECOND
    with team.at_work(EVENING):
        pass
    for _ in range(2):
        with team.at_work(late) as (here, clock):
            assert clock.ask_due(late) == ()
            missed = audited(here, Event.SCHEDULE_MISSED)
            told = notices(here)
    assert missed == ["nightly: the run of 2026-11-21T01:00 Asia/Tokyo was missed"]
    assert told == ["missed:nightly:2026-11-21T01:00"]


def test_of_many_nights_down_the_newest_alone_is_made_up_for(team: Team) -> None:
    with team.at_work(EVENING):
        pass
    back = NIGHT + 3 * DAY + MINUTE
    with team.at_work(back) as (here, clock):
        clock.ask_due(back)
        assert asked(here) == ["schedule/nightly/2026-11-24T01:00"]
        assert [line.split()[4] for line in audited(here, Event.SCHEDULE_MISSED)] == [
            "2026-11-21T01:00",
            "2026-11-22T01:00",
            "2026-11-23T01:00",
        ]
        assert notices(here) == []


def test_two_clocks_on_one_database_ask_once(team: Team) -> None:
    with team.at_work(EVENING) as (here, clock):
        here.time.at = NIGHT
        clocks = [clock, *(Clock(here.path) for _ in range(7))]
        together(*(lambda one=one: one.ask_due(NIGHT) for one in clocks))
        assert asked(here) == ["schedule/nightly/2026-11-21T01:00"]


def test_two_clocks_on_one_database_miss_once(team: Team) -> None:
    with team.at_work(EVENING) as (here, clock):
        here.time.at = late = NIGHT + 2 * HOUR
        clocks = [clock, *(Clock(here.path) for _ in range(7))]
        together(*(lambda one=one: one.ask_due(late) for one in clocks))
        assert len(audited(here, Event.SCHEDULE_MISSED)) == 1


def together(*works: Callable[[], object]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_an_ask_that_was_committed_before_a_crash_is_not_asked_again(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    with team.at_work(EVENING) as (here, clock), monkeypatch.context() as crash:
        crash.setattr(schedules, "saw", interrupted)
        with pytest.raises(ConnectionAbortedError):
            push(here, clock, NIGHT)
    with team.at_work(NIGHT + MINUTE) as (here, clock):
        assert clock.ask_due(NIGHT + MINUTE) == ()
        assert asked(here) == ["schedule/nightly/2026-11-21T01:00"]
        assert clock.ask_due(NIGHT + DAY) != ()


def interrupted(*_: object) -> None:
    raise ConnectionAbortedError


def test_an_edit_enables_a_schedule_again_from_then_on(team: Team) -> None:
    with team.at_work(EVENING, replace(NIGHTLY, owner=READER)) as (here, clock):
        push(here, clock, NIGHT)
    with team.at_work(NIGHT + MINUTE) as (here, clock):
        assert disabled(here) == ""
        assert clock.ask_due(NIGHT + 2 * MINUTE) == ()
        assert len(push(here, clock, NIGHT + DAY)) == 1


def test_an_edit_voids_who_agreed(team: Team) -> None:
    with team.at_work(EVENING) as (here, _):
        here.path.db.write(
            lambda tx: schedules.approve(tx, "nightly", NIGHTLY.digest, APPROVER, here.path.now())
        )
        edited = replace(NIGHTLY, most_deletions=99)
        assert here.path.db.read(lambda tx: schedules.agreed(tx, "nightly", NIGHTLY.digest)) == {APPROVER}
        assert here.path.db.read(lambda tx: schedules.agreed(tx, "nightly", edited.digest)) == frozenset()


def test_what_fell_due_while_disabled_is_not_caught_up_when_it_is_approved(team: Team) -> None:
    plan = replace(NIGHTLY, owner=READER)
    with team.at_work(EVENING, plan) as (here, clock):
        push(here, clock, NIGHT)
        push(here, clock, NIGHT + DAY)
        here.path.db.write(
            lambda tx: schedules.approve(tx, "nightly", plan.digest, APPROVER, here.path.now())
        )
        push(here, clock, NIGHT + DAY + MINUTE)
        assert disabled(here) == ""
        assert audited(here, Event.SCHEDULE_MISSED) == []


def test_a_clock_with_an_older_config_asks_nothing_once_a_newer_one_is_at_work(team: Team) -> None:
    with team.at_work(EVENING) as (here, clock):
        edited = replace(NIGHTLY, line="ec2 start tag:env=dev")
        here.path.db.write(lambda tx: schedules.note(tx, "nightly", edited.digest, here.path.now()))
        assert push(here, clock, NIGHT) == ()
