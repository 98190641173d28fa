"""What the clock asks at which moment, and what it disables."""

import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.operation import Door
from bot.store.audit import Event
from jobs.asking import run_now
from jobs.clock import Clock
from tests.house import OPERATOR, READER, Time, house
from tests.jobs.team import (
    ACCOUNTS,
    DAY,
    EVENING,
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


def test_a_due_time_becomes_an_ask_of_the_owner_in_the_schedules_channel(team: Team) -> None:
    with team.at_work(EVENING) as (here, clock):
        (number,) = push(here, clock, NIGHT)
        ask = here.operation(number).ask
    assert (ask.key, ask.door, ask.schedule) == ("schedule/nightly/2026-11-21T01:00", Door.CLOCK, "nightly")
    assert (ask.asker.person, ask.asker.channel) == (OPERATOR, "C0OPS")
    assert ask.line == "ec2 stop tag:env=dev"


def test_before_its_time_nothing_is_asked_and_at_its_time_once(team: Team) -> None:
    with team.at_work(EVENING) as (here, clock):
        assert push(here, clock, NIGHT - SECOND) == ()
        assert len(push(here, clock, NIGHT)) == 1
        assert push(here, clock, NIGHT + SECOND) == ()


def test_the_autumn_hour_that_comes_twice_runs_once(team: Team) -> None:
    plan = replace(NIGHTLY, time="01:30", zone="America/New_York")
    midnight = datetime(2026, 11, 1, 4, tzinfo=UTC)
    with team.at_work(midnight, plan) as (here, clock):
        for minutes in range(0, 240, 10):
            push(here, clock, midnight + minutes * MINUTE)
        assert asked(here) == ["schedule/nightly/2026-11-01T01:30"]


def test_a_restart_between_the_two_autumn_hours_does_not_run_it_again(team: Team) -> None:
    plan = replace(NIGHTLY, time="01:30", zone="America/New_York")
    first, second = datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    with team.at_work(first - MINUTE, plan) as (here, clock):
        push(here, clock, first)
    with team.at_work(second - MINUTE, plan) as (here, clock):
        assert push(here, clock, second + MINUTE) == ()


def test_a_time_that_spring_skips_runs_once_after_the_gap(team: Team) -> None:
    plan = replace(NIGHTLY, time="02:30", zone="America/New_York")
    midnight = datetime(2026, 3, 8, 5, tzinfo=UTC)
    with team.at_work(midnight, plan) as (here, clock):
        assert push(here, clock, datetime(2026, 3, 8, 6, 59, tzinfo=UTC)) == ()
        for minutes in range(120, 240, 10):
            push(here, clock, midnight + minutes * MINUTE)
        assert asked(here) == ["schedule/nightly/2026-03-08T02:30"]


def test_a_schedule_its_owner_may_not_run_is_disabled_and_said(team: Team) -> None:
    plan = replace(NIGHTLY, owner=READER)
    with team.at_work(EVENING, plan) as (here, clock):
        assert push(here, clock, NIGHT) == ()
        assert disabled(here) != ""
        assert len(audited(here, Event.SCHEDULE_DISABLED)) == 1
        assert len(notices(here)) == 1
        push(here, clock, NIGHT + DAY)
        assert asked(here) == []
        assert len(notices(here)) == 1


@pytest.mark.parametrize("line", ["ec2 stpo tag:env=dev", "ec2 stop", "ec2", "ec2 stop --help"])
def test_a_line_that_asks_for_nothing_any_more_disables_its_schedule(team: Team, line: str) -> None:
    with team.at_work(EVENING, replace(NIGHTLY, line=line)) as (here, clock):
        assert push(here, clock, NIGHT) == ()
        assert disabled(here) != ""


def test_one_schedule_that_cannot_run_does_not_keep_another_from_it(team: Team) -> None:
    broken = replace(NIGHTLY, name="broken", line="nothing at all")
    with team.at_work(EVENING, broken, NIGHTLY) as (here, clock):
        assert len(push(here, clock, NIGHT)) == 1


def test_a_schedule_runs_by_hand_once_for_its_key_and_at_its_time_all_the_same(team: Team) -> None:
    with team.at_work(EVENING) as (here, clock):
        for _ in range(2):
            run_now(here.path, NIGHTLY, "token")
        push(here, clock, NIGHT)
        assert asked(here) == ["schedule/nightly/now/token", "schedule/nightly/2026-11-21T01:00"]
        assert here.operation(1).ask.schedule == "nightly"


def test_by_hand_it_has_its_owners_rights_and_no_others(team: Team) -> None:
    plan = replace(NIGHTLY, owner=READER)
    with team.at_work(EVENING, plan) as (here, _):
        run_now(here.path, plan, "token")
        assert asked(here) == []
        assert disabled(here) != ""


@dataclass
class Running(Time):
    """A clock that goes on by itself from a moment."""

    begun: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        return self.at + timedelta(seconds=time.monotonic() - self.begun)


def test_a_clock_that_runs_asks_at_the_due_time_and_stops_cleanly(tmp_path: Path) -> None:
    before = threading.active_count()
    now = Running(NIGHT - timedelta(seconds=0.3))
    with house(tmp_path, ACCOUNTS, schedules=(NIGHTLY,), time=now) as here:
        clock = Clock(here.path)
        clock.start()
        assert asked(here) == []
        patience = time.monotonic() + 10
        while not asked(here) and time.monotonic() < patience:
            time.sleep(0.01)
        assert asked(here) == ["schedule/nightly/2026-11-21T01:00"]
        assert here.operation(1).ask.at >= NIGHT
        clock.stop()
        clock.stop()
    assert threading.active_count() == before


def test_a_clock_that_starts_late_catches_up_by_itself(tmp_path: Path) -> None:
    with house(tmp_path, ACCOUNTS, schedules=(NIGHTLY,), time=Time(EVENING)) as here:
        Clock(here.path).note()
        here.time.at = NIGHT + MINUTE
        clock = Clock(here.path)
        clock.start()
        patience = time.monotonic() + 10
        while not asked(here) and time.monotonic() < patience:
            time.sleep(0.01)
        clock.stop()
        assert asked(here) == ["schedule/nightly/2026-11-21T01:00"]
