from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.arguments import UsageError
from bot.operation import State, StepState
from jobs.clock import Clock
from playground.aws.server import LocalAws
from tests.commands.desk import Desk, left
from tests.commands.ec2.office import EVENING, HOUR, office, running, state, stopped

TEN = datetime(2026, 11, 19, 13, tzinfo=UTC)  # 22:00 in Tokyo
TOMORROW = datetime(2026, 11, 20, 1, tzinfo=UTC)  # 10:00


@pytest.fixture
def desk(local_aws: LocalAws, tmp_path: Path) -> Iterator[Desk]:
    with office(local_aws, tmp_path) as there:
        yield there


def planned(desk: Desk, line: str) -> list[tuple[str, datetime | None]]:
    return [(step.action, step.not_before) for step in desk.plan(line).steps]


def test_what_runs_is_stopped_at_the_moment_when_its_hours_are_over_by_then(desk: Desk) -> None:
    (one,) = running(desk)
    plan = desk.plan(f"/ec2 keep running {one} until 22:00")
    assert [(step.action, step.not_before) for step in plan.steps] == [("ec2.stop", TEN)]
    assert str(plan.summary) == "keep 1 instance running until 2026-11-19T13:00:00+00:00"
    assert [str(note) for note in plan.notes] == [
        "at 2026-11-19T13:00:00+00:00 1 is stopped, since its office hours have ended by then"
    ]


def test_what_is_stopped_is_started_first(desk: Desk) -> None:
    (one,) = stopped(desk)
    start, stop = desk.plan(f"/ec2 keep running {one} until 22:00").steps
    assert (start.action, start.not_before, stop.follows) == ("ec2.start", None, (start.key,))


def test_it_is_only_let_go_of_when_its_hours_agree_by_then_or_it_has_none(desk: Desk) -> None:
    (agrees,), (free,) = running(desk), desk.run()
    line = f"/ec2 keep running {agrees} {free} until 2026-11-20T10:00"
    assert planned(desk, line) == [("ec2.keep", TOMORROW), ("ec2.keep", TOMORROW)]
    assert str(desk.plan(line).notes[0]).endswith("their office hours want it so, or they have none")


def test_what_is_kept_stopped_is_started_when_its_hours_have_begun_by_then(desk: Desk) -> None:
    (one,) = running(desk)
    assert planned(desk, f"/ec2 keep stopped {one} until 2026-11-20T10:00") == [
        ("ec2.stop", None),
        ("ec2.start", TOMORROW),
    ]


def test_a_member_of_a_group_is_let_go_of_since_the_group_would_replace_it(desk: Desk) -> None:
    (one,) = running(desk, group="web")
    assert planned(desk, f"/ec2 keep running {one} until 22:00") == [("ec2.keep", TEN)]


def test_a_moment_that_is_past_is_refused(desk: Desk) -> None:
    (one,) = running(desk)
    with pytest.raises(UsageError, match="is past"):
        desk.plan(f"/ec2 keep running {one} until 2026-11-19T11:00")


def test_what_can_neither_be_started_nor_stopped_is_left(desk: Desk) -> None:
    (gone,) = running(desk)
    desk.ec2().terminate_instances(InstanceIds=[gone])
    assert left(desk.plan(f"/ec2 keep running {gone} until 22:00")) == {gone: "it is terminated"}


def test_one_operation_holds_it_until_the_moment_and_then_stops_it_across_a_restart(
    local_aws: LocalAws, tmp_path: Path
) -> None:
    with office(local_aws, tmp_path) as desk:
        (one,) = stopped(desk)
        number = desk.see_through(f"/ec2 keep running {one} until 22:00", turns=4, passing=60)
        assert state(desk, one) == "running"
        assert desk.house.operation(number).state is State.RUNNING
        (held,) = desk.house.path.ledger.held()
        assert (held.resource, held.until, held.number, held.person) == (one, TEN, number, "U0SATO")
    with office(local_aws, tmp_path, EVENING + HOUR) as desk:
        desk.house.work(passing=60, turns=2)
        assert state(desk, one) == "running"
    with office(local_aws, tmp_path, TEN) as desk:
        desk.house.work(passing=60, turns=3)
        assert state(desk, one) == "stopped"
        assert [row.state for row in desk.house.steps(number)] == [StepState.DONE] * 2
        assert desk.house.operation(number).state is State.DONE
        assert desk.house.path.ledger.held() == ()


def test_cancelled_its_hours_hold_again_at_once(desk: Desk) -> None:
    (one,) = running(desk)
    number = desk.see_through(f"/ec2 keep running {one} until 22:00", turns=2)
    desk.see_through(f"/toban cancel {number}", turns=2)
    desk.house.time.at = EVENING + HOUR
    assert [step.target.id for step in desk.plan("/ec2 hours office").steps] == [one]


def test_of_two_overrides_the_longer_one_holds(desk: Desk) -> None:
    (one,) = running(desk)
    first = desk.see_through(f"/ec2 keep running {one} until 22:00", turns=2)
    second = desk.see_through(f"/ec2 keep running {one} until 23:00", turns=2)
    desk.house.time.at = TEN
    desk.house.work(passing=20, turns=2)
    (row,) = desk.house.steps(first)
    assert row.state is StepState.SKIPPED
    assert f"hours is kept by #{second}" in str(row.reason)
    desk.house.time.at = TEN + HOUR
    desk.house.work(passing=20, turns=3)
    assert [row.state for row in desk.house.steps(second)] == [StepState.DONE]
    assert state(desk, one) == "stopped"


def test_a_shorter_override_is_warned_of_the_longer_one(desk: Desk) -> None:
    (one,) = running(desk)
    number = desk.see_through(f"/ec2 keep running {one} until 22:00", turns=2)
    (step,) = desk.plan(f"/ec2 keep running {one} until 21:00").steps
    assert str(step.warnings[0]).endswith(f"which lasts longer; `/toban cancel {number}` calls that off")
    (later,) = desk.plan(f"/ec2 keep running {one} until 23:00").steps
    assert later.warnings == ()


@pytest.mark.parametrize(
    ("until", "now", "end"),
    [
        # back at work at 11:00 the next day, within the hours: it is not stopped for last night's sake
        ("22:00", TEN + 13 * HOUR, "running"),
        # back at 21:00 the next day, when they are over again
        ("22:00", TEN + 23 * HOUR, "stopped"),
        ("2026-11-20T10:00", TEN + 23 * HOUR, "stopped"),  # kept into the hours, and now they are over
    ],
)
def test_after_a_break_beyond_the_moment_what_should_hold_now_does(
    local_aws: LocalAws, tmp_path: Path, until: str, now: datetime, end: str
) -> None:
    with office(local_aws, tmp_path) as desk:
        Clock(desk.house.path).note()
        (one,) = running(desk)
        number = desk.see_through(f"/ec2 keep running {one} until {until}", turns=2)
    with office(local_aws, tmp_path, now) as desk:
        clock = Clock(desk.house.path)
        clock.note()
        clock.ask_due(now)
        desk.house.work(passing=60, turns=4)
        assert state(desk, one) == end
        assert desk.house.operation(number).state is not State.RUNNING


def test_once_let_go_of_nothing_was_called_and_it_ends_well(desk: Desk) -> None:
    (one,) = running(desk)
    number = desk.see_through(f"/ec2 keep running {one} until 18:00", turns=1)
    desk.house.time.at = datetime(2026, 11, 19, 9, tzinfo=UTC)
    desk.house.work(passing=20, turns=2)
    assert desk.house.operation(number).state is State.DONE
    assert state(desk, one) == "running"
    assert desk.local.control.count("StopInstances") == 0
