from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aws.autoscaling_group import Activity, Group, Member
from aws.tags import Tags
from bot.arguments import UsageError
from bot.command import Sight
from bot.operation import StepState
from commands.changes import group_state
from tests.commands.asg.fleet import add, autoscaling, backend, sizes
from tests.commands.desk import Desk, left, targets

WELL = Member("i-1", "InService", "Healthy", "a", protected=False)
WEB = Group("web", 2, 0, 4, (WELL, replace(WELL, id="i-2")), (), ("a",), False, (), False, Tags())


def test_a_group_is_scaled_until_so_many_serve(desk: Desk) -> None:
    add(desk, "web", 2, env="dev")
    (row,) = desk.carry_out("/asg scale tag:env=dev --desired 4")
    assert (row.state, str(row.reason)) == (StepState.DONE, "4 of 4 in service and healthy")
    assert sizes(desk, "web") == (4, 4, 0, 6)


def test_an_instance_that_is_not_healthy_does_not_count(desk: Desk) -> None:
    group = add(desk, "web", 1)
    group.instance_states[0].health_status = "Unhealthy"
    (row,) = desk.carry_out("/asg scale web --desired 2", turns=3)
    assert row.state is StepState.AWAITING
    group.instance_states[0].health_status = "Healthy"
    desk.house.work(passing=20)
    assert [row.state for row in desk.house.steps(1)] == [StepState.DONE]


def test_the_limits_may_move_with_it(desk: Desk) -> None:
    add(desk, "web", 2, largest=2)
    with pytest.raises(UsageError, match="between 0 and 2 instances, so 5 is too many"):
        desk.plan("/asg scale web --desired 5")
    desk.carry_out("/asg scale web --desired 5 --min 1 --max 8")
    assert sizes(desk, "web") == (5, 5, 1, 8)


def test_what_has_that_size_already_is_left(desk: Desk) -> None:
    add(desk, "web", 2)
    plan = desk.plan("/asg scale web --desired 2")
    assert plan.steps == ()
    assert left(plan) == {"web": "its size is so already; 2 of 2 in service and healthy"}


def test_fewer_instances_are_terminated_and_the_plan_says_so(desk: Desk) -> None:
    group = add(desk, "web", 3)
    group.instance_states[0].protected_from_scale_in = True
    backend(desk).suspend_processes("web", ["Terminate"])
    kept = group.instance_states[0].instance.id
    (step,) = desk.plan("/asg scale web --desired 1").steps
    assert [str(one) for one in step.warnings] == [
        "2 instances are terminated with their disks; the group chooses which",
        f"protected from scale-in, so they stay: {kept}",
        "its process Terminate is suspended: `/asg resume` first",
    ]


def test_a_policy_that_sets_another_size_meanwhile_is_no_success() -> None:
    seen = group_state.seen(replace(WEB, desired=3), 2)
    assert seen.sight is Sight.FAILED
    assert "something else set it to 3" in str(seen.shows)


def test_one_that_is_still_going_is_not_there_yet() -> None:
    going = replace(WELL, id="i-3", state="Terminating:Wait")
    assert group_state.seen(replace(WEB, members=(*WEB.members, going)), 2).sight is Sight.REACHED
    assert group_state.seen(replace(WEB, members=(WELL, going)), 2).sight is Sight.COMING


NO_MACHINE = "We have no t3.micro. Launching EC2 instance failed."


def test_why_it_came_to_nothing_is_what_auto_scaling_says_of_what_failed_lately() -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    failed = Activity(at, "Failed", "Launching a new EC2 instance", NO_MACHINE)
    old = replace(failed, at=at - timedelta(hours=2), why="another story")
    well = Activity(at, "Successful", "Terminating EC2 instance", "-")
    why = group_state.why([failed, well, failed, old], at - group_state.LATELY)
    assert str(why) == f"Auto Scaling says: {NO_MACHINE.rstrip('.')}"
    assert group_state.why([well, old], at - group_state.LATELY) is None


def test_a_group_that_gets_no_machines_fails_with_the_reason(desk: Desk) -> None:
    add(desk, "web", 1)
    desk.local.control.starve_group("web")
    (row,) = desk.carry_out("/asg scale web --desired 2 --within 1m", turns=5)
    assert row.state is StepState.FAILED
    assert "not so in time; AWS shows: 1 of 2 in service and healthy" in str(row.reason)
    assert "Auto Scaling says: We currently do not have sufficient t3.micro capacity" in str(row.reason)


def test_who_changed_it_meanwhile_is_not_overwritten(desk: Desk) -> None:
    add(desk, "web", 2, env="prod")
    number = desk.house.asked("/asg scale web --desired 4")
    autoscaling(desk).set_desired_capacity(AutoScalingGroupName="web", DesiredCapacity=3)
    desk.house.click(number, "U0SUZUKI")
    desk.house.work()
    (row,) = desk.house.steps(number)
    assert row.state is StepState.SKIPPED
    assert sizes(desk, "web")[1] == 3


def test_a_name_that_is_nowhere_scales_nothing(desk: Desk) -> None:
    add(desk, "web", 1, env="staging")
    with pytest.raises(UsageError, match="wbe cannot be found"):
        desk.plan("/asg scale wbe --desired 1")
    with pytest.raises(UsageError, match="Did you mean tag:env=staging"):
        desk.plan("/asg scale tag:env=stagign --desired 1")
    assert targets(desk.plan("/asg scale name:w* --desired 2").steps) == {"web"}
