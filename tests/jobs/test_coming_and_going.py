"""Schedules that come, pause, skip and go while the clock is at work, and owners who leave."""

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.people import Directory
from bot.schedule import Schedule
from bot.store import schedules
from bot.store.audit import Event
from jobs import asking, leaving, pulse
from jobs.clock import Clock
from jobs.pulse import HAIR, Pulse
from tests.house import GROUPS, OPERATOR, OTHER, House, house
from tests.jobs.team import (
    ACCOUNTS,
    DAY,
    EVENING,
    MINUTE,
    NIGHT,
    NIGHTLY,
    Team,
    asked,
    audited,
    disabled,
    notices,
    push,
)
from tests.jobs.test_clock import Running

LATER = replace(NIGHTLY, name="later", time="02:00")
"""An hour after the one of the config."""


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


@pytest.fixture
def at_work(team: Team) -> Iterator[tuple[House, Clock]]:
    with team.at_work(EVENING) as (here, clock):
        yield here, clock


def add(here: House, one: Schedule = LATER) -> None:
    """As the ledger does it for an operation, of which any will do."""
    here.ask("/ec2 list")
    here.path.ledger.add_schedule(one, 1)


def test_one_that_is_added_is_asked_without_a_restart(at_work: tuple[House, Clock]) -> None:
    here, clock = at_work
    add(here)
    push(here, clock, NIGHT + timedelta(hours=1))
    assert asked(here)[1:] == [
        "schedule/later/2026-11-21T02:00",
        "schedule/nightly/2026-11-21T01:00",
    ]


def test_one_that_was_added_is_there_after_a_restart_and_catches_up(team: Team) -> None:
    with team.at_work(EVENING) as (here, _):
        add(here)
    with team.at_work(NIGHT + timedelta(hours=1) + MINUTE) as (here, clock):
        clock.ask_due(here.path.now())
        assert "schedule/later/2026-11-21T02:00" in asked(here)


def test_it_counts_from_when_it_was_added(at_work: tuple[House, Clock]) -> None:
    here, clock = at_work
    here.time.at = NIGHT + timedelta(hours=1) + MINUTE
    add(here)
    push(here, clock, here.time.at + MINUTE)
    assert not [key for key in asked(here) if key.startswith("schedule/later/")]


def test_one_that_is_removed_is_asked_no_more(at_work: tuple[House, Clock]) -> None:
    here, clock = at_work
    add(here)
    here.path.ledger.remove_schedule("later", OPERATOR)
    push(here, clock, NIGHT + timedelta(hours=1))
    assert asked(here)[1:] == ["schedule/nightly/2026-11-21T01:00"]


def test_a_pause_outlives_a_restart_and_nothing_is_made_up_for_afterwards(team: Team) -> None:
    with team.at_work(EVENING) as (here, clock):
        here.path.ledger.pause_schedule("nightly", OTHER)
        assert push(here, clock, NIGHT) == ()
    with team.at_work(NIGHT + MINUTE) as (here, clock):
        here.path.ledger.resume_schedule("nightly", OTHER)
        assert push(here, clock, NIGHT + 2 * MINUTE) == ()
        assert audited(here, Event.SCHEDULE_MISSED) == []
        assert len(push(here, clock, NIGHT + DAY)) == 1


def test_what_fell_due_while_paused_and_down_is_not_made_up_for_either(team: Team) -> None:
    with team.at_work(EVENING) as (here, _):
        here.path.ledger.pause_schedule("nightly", OTHER)
    with team.at_work(NIGHT + MINUTE) as (here, clock):
        here.path.ledger.resume_schedule("nightly", OTHER)
        assert push(here, clock, NIGHT + 2 * MINUTE) == ()


def test_one_run_is_skipped_and_the_next_is_not(at_work: tuple[House, Clock]) -> None:
    here, clock = at_work
    here.path.ledger.skip_run("nightly", NIGHT, OTHER)
    assert push(here, clock, NIGHT) == ()
    assert audited(here, Event.SCHEDULE_MISSED) == []
    assert len(push(here, clock, NIGHT + DAY)) == 1


def test_a_skip_says_why_that_night_never_was(at_work: tuple[House, Clock]) -> None:
    here, clock = at_work
    push(here, clock, NIGHT)
    here.path.ledger.skip_run("nightly", NIGHT + DAY, OTHER)
    push(here, clock, NIGHT + DAY + timedelta(hours=1))
    (missed, _) = here.path.ledger.nights("ec2.stop", EVENING)
    assert str(missed.why) == "somebody asked the schedule nightly to skip this run"


def test_the_name_of_one_that_the_config_takes_over_is_the_configs(team: Team) -> None:
    with team.at_work(EVENING) as (here, _):
        add(here)
    with team.at_work(EVENING, replace(LATER, line="ec2 start tag:env=dev")) as (here, _):
        assert here.path.schedules["later"].line == "ec2 start tag:env=dev"


def test_a_clock_that_runs_asks_what_was_added_a_moment_ago(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "LOOK_EVERY", timedelta(seconds=0.1))
    now = Running(NIGHT - timedelta(seconds=1))
    with house(tmp_path, ACCOUNTS, time=now) as here:
        clock = Clock(here.path)
        clock.start()
        add(here, NIGHTLY)
        patience = time.monotonic() + 10
        while len(asked(here)) < 2 and time.monotonic() < patience:
            time.sleep(0.01)
        clock.stop()
        assert asked(here)[1:] == ["schedule/nightly/2026-11-21T01:00"]


def test_a_look_that_fails_at_one_schedule_goes_on_with_the_others(
    at_work: tuple[House, Clock], caplog: pytest.LogCaptureFixture
) -> None:
    here, clock = at_work
    add(here, replace(LATER, name="broken", zone="Nowhere/Land"))
    here.time.at = NIGHT
    with caplog.at_level(logging.ERROR):
        clock._look()
    assert asked(here)[1:] == ["schedule/nightly/2026-11-21T01:00"]
    failures = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [record.action for record in failures] == ["clock.look-failed"]  # type: ignore[attr-defined]  # `extra`


def test_a_schedule_whose_time_cannot_be_reckoned_does_not_stop_the_clock() -> None:
    """APScheduler's thread would end with what its trigger raises."""
    broken = replace(NIGHTLY, zone="Nowhere/Land")
    soon = NIGHT - timedelta(seconds=5)
    assert Pulse(lambda: [broken, NIGHTLY], lambda: soon).get_next_fire_time(None, soon) == NIGHT + HAIR


# -- owners who leave --------------------------------------------------------------------------------


def without(here: House, *gone: str) -> House:
    """The same house, where these have left the workspace."""
    people = Directory(GROUPS, has_left=lambda user, _fresh: user in gone)
    return replace(here, path=replace(here.path, people=people))


def test_nothing_is_asked_with_the_rights_of_somebody_who_left(at_work: tuple[House, Clock]) -> None:
    here = without(at_work[0], OPERATOR)
    assert push(here, Clock(here.path), NIGHT) == ()
    assert asked(here) == []
    assert disabled(here).startswith("its owner U0SATO is no longer in this workspace.")
    assert len(notices(here)) == 1


def test_by_hand_neither(at_work: tuple[House, Clock]) -> None:
    here = without(at_work[0], OPERATOR)
    asking.run_now(here.path, NIGHTLY, "token")
    assert asked(here) == []
    assert disabled(here) != ""


def test_it_is_noticed_before_the_schedule_is_due_and_said_once(at_work: tuple[House, Clock]) -> None:
    here = without(at_work[0], OPERATOR)
    for _ in range(3):
        leaving.look(here.path)
    assert disabled(here) != ""
    assert len(notices(here)) == 1
    assert len(audited(here, Event.SCHEDULE_DISABLED)) == 1


def test_others_who_left_disable_nothing(at_work: tuple[House, Clock]) -> None:
    here = without(at_work[0], OTHER)
    leaving.look(here.path)
    assert disabled(here) == ""
    assert len(push(here, Clock(here.path), NIGHT)) == 1


def test_while_slack_does_not_say_who_is_in_a_group_a_run_waits_and_is_not_forbidden(
    at_work: tuple[House, Clock],
) -> None:
    here, said = at_work[0], dict[str, tuple[str, ...]]()
    path = replace(here.path, people=Directory({"operators": ("S0OPS",)}, said.get))
    assert Clock(path).ask_due(NIGHT) == ()
    assert disabled(here) == ""
    said["S0OPS"] = (OPERATOR,)
    assert Clock(path).ask_due(NIGHT + MINUTE) == (1,)
    assert asked(here) == ["schedule/nightly/2026-11-21T01:00"]


def test_a_run_that_waited_for_slack_too_long_is_missed(at_work: tuple[House, Clock]) -> None:
    here = at_work[0]
    path = replace(here.path, people=Directory({"operators": ("S0OPS",)}, lambda _group: None))
    assert Clock(path).ask_due(NIGHT + timedelta(hours=1) + MINUTE) == ()
    assert len(audited(here, Event.SCHEDULE_MISSED)) == 1
    assert disabled(here) == ""


def test_who_left_the_group_that_may_do_it_is_noticed_when_it_is_due(at_work: tuple[House, Clock]) -> None:
    """The policy's own sentence, since the rights went with the group."""
    here = at_work[0]
    path = replace(here.path, people=Directory({"operators": ("S0OPS",)}, lambda _group: (OTHER,)))
    assert Clock(path).ask_due(NIGHT) == ()
    assert disabled(here) != ""
    assert here.path.db.read(schedules.standings)["nightly"].disabled is not None
