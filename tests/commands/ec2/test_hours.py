from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from jobs.clock import Clock
from playground.aws.server import LocalAws
from tests.commands.desk import DEV_ID, PROD_ID, Desk, left, targets, unread
from tests.commands.ec2.office import EVENING, HOUR, TAG, office, running, state, stopped
from tests.commands.rds.cellar import add, add_cluster

KEEPS = {TAG: "office"}


@pytest.fixture
def desk(local_aws: LocalAws, tmp_path: Path) -> Iterator[Desk]:
    with office(local_aws, tmp_path) as there:
        yield there


def later(desk: Desk) -> None:
    """It is 20:00: the office's hours are over."""
    desk.house.time.at = EVENING + HOUR


def test_within_the_hours_what_is_stopped_is_started_and_what_runs_stays(desk: Desk) -> None:
    (off,) = stopped(desk)
    (on,) = running(desk)
    plan = desk.plan("/ec2 hours office")
    assert [(step.action, step.target.id) for step in plan.steps] == [("ec2.start", off)]
    assert left(plan) == {on: "it is running, as its hours want it"}
    assert str(plan.summary) == "office is within its hours: start 1 of 2 that keep them"


def test_outside_the_hours_what_runs_is_stopped(desk: Desk) -> None:
    (off,) = stopped(desk)
    (on,) = running(desk)
    later(desk)
    plan = desk.plan("/ec2 hours office")
    assert [(step.action, step.target.id) for step in plan.steps] == [("ec2.stop", on)]
    assert left(plan) == {off: "it is stopped, as its hours want it"}


def test_other_calendars_and_none_are_passed_over_and_a_misspelt_one_is_named(desk: Desk) -> None:
    running(desk, "night")
    running(desk, "none")
    desk.run()
    (misspelt,) = running(desk, "ofice")
    later(desk)
    plan = desk.plan("/ec2 hours office")
    assert plan.steps == ()
    assert left(plan) == {misspelt: "there is no calendar “ofice”; there are office, night"}


def test_what_cannot_be_stopped_or_would_be_replaced_is_left(desk: Desk) -> None:
    (grouped,) = running(desk, group="web")
    later(desk)
    assert left(desk.plan("/ec2 hours office")) == {
        grouped: "its Auto Scaling group web would replace it: scale the group instead"
    }


def test_one_listing_for_each_place_finds_the_instances(desk: Desk) -> None:
    running(desk, count=3)
    desk.plan("/ec2 hours office")
    calls = [call.action for call in desk.local.control.calls()]
    assert calls.count("DescribeInstances") == len(desk.house.path.aws.places())


def test_only_those_that_are_named_are_brought_there(desk: Desk) -> None:
    (one,) = stopped(desk, env="dev")
    stopped(desk, env="test")
    add(desk, "shop", **KEEPS).status = "stopped"
    assert targets(desk.plan("/ec2 hours office tag:env=dev").steps) == {one}
    assert targets(desk.plan(f"/ec2 hours office {one}").steps) == {one}


def test_instances_that_are_named_need_no_tag_and_keep_the_hours_of_the_one_they_have(desk: Desk) -> None:
    """So a schedule's line can say whose hours hold for what."""
    (free,) = desk.run(1, env="dev")
    (night,), (none,) = running(desk, "night", env="dev"), running(desk, "none", env="dev")
    add(desk, "shop", env="dev")
    later(desk)
    plan = desk.plan("/ec2 hours office tag:env=dev")
    assert targets(plan.steps) == {free}
    assert left(plan) == {
        night: "it keeps the hours of night",
        none: "its tag says that no hours hold for it",
    }
    assert desk.plan("/ec2 hours office all").steps == ()


def test_databases_keep_the_same_hours(desk: Desk) -> None:
    add(desk, "shop", **KEEPS)
    add(desk, "always-on")
    cluster = add_cluster(desk, "orders", "orders-1", **KEEPS)
    later(desk)
    rows = desk.carry_out("/ec2 hours office")
    assert {(row.step.action, row.step.target.id, row.state) for row in rows} == {
        ("rds.stop", "shop", StepState.DONE),
        ("rds.stop", "orders", StepState.DONE),
    }
    assert cluster.status == "stopped"


def test_where_nobody_could_look_nothing_is_planned_and_without_rds_only_that_is_said(desk: Desk) -> None:
    (here,) = running(desk)
    desk.run(1, account=PROD_ID, **KEEPS)
    later(desk)
    desk.deny("DescribeInstances")
    desk.deny("DescribeDBInstances", DEV_ID)
    plan = desk.plan("/ec2 hours office")
    assert targets(plan.steps) == {here}
    assert set(unread(plan)) == {("prod", "ap-northeast-1")}
    assert len(plan.notes) == 2  # dev has two regions
    assert str(plan.notes[0]).startswith("could not look at the databases of dev in ap-northeast-1: ")


def test_no_calendar_no_plan(desk: Desk) -> None:
    with pytest.raises(UsageError, match=r"“ofice” is not known\. Did you mean office"):
        desk.plan("/ec2 hours ofice")


def test_what_somebody_keeps_running_is_left_until_its_moment(desk: Desk) -> None:
    kept, other = running(desk, count=2)
    desk.see_through(f"/ec2 keep running {kept} until 22:00", turns=1)
    later(desk)
    plan = desk.plan("/ec2 hours office")
    assert targets(plan.steps) == {other}
    assert left(plan)[kept].startswith("kept running by U0SATO until 2026-11-19T13:00:00")


def test_the_clock_restores_what_should_hold_now_after_any_break(local_aws: LocalAws, tmp_path: Path) -> None:
    """Down from Thursday noon to Friday evening: one run, which stops what still runs."""
    with office(local_aws, tmp_path) as desk:
        Clock(desk.house.path).note()
        (one,) = running(desk)
    with office(local_aws, tmp_path, EVENING + 26 * HOUR) as desk:
        clock = Clock(desk.house.path)
        clock.note()
        (number,) = clock.ask_due(desk.house.time.at)
        desk.house.work(turns=3, passing=20)
        assert state(desk, one) == "stopped"
        assert desk.house.operation(number).ask.line == "ec2 hours office"
