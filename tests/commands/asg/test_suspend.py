from bot.command import Sight
from bot.operation import StepState
from commands.asg import _processes
from tests.commands.asg.fleet import add, autoscaling
from tests.commands.desk import Desk, left


def suspended(desk: Desk, name: str) -> set[str]:
    (one,) = autoscaling(desk).describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]
    return {each["ProcessName"] for each in one["SuspendedProcesses"]}


def test_one_process_is_suspended_and_the_others_go_on(desk: Desk) -> None:
    add(desk, "web")
    (row,) = desk.carry_out("/asg suspend web --process AZRebalance")
    assert (row.state, str(row.reason)) == (StepState.DONE, "suspended: AZRebalance")
    assert suspended(desk, "web") == {"AZRebalance"}


def test_without_a_name_all_of_them_are(desk: Desk) -> None:
    add(desk, "web", env="dev")
    desk.carry_out("/asg suspend tag:env=dev")
    assert {"Launch", "Terminate", "HealthCheck", "ReplaceUnhealthy"} <= suspended(desk, "web")


def test_only_what_is_active_is_in_the_plan_and_the_rest_is_left(desk: Desk) -> None:
    add(desk, "web")
    desk.carry_out("/asg suspend web --process Launch")
    (step,) = desk.plan("/asg suspend web --process Launch --process Terminate").steps
    assert step.before == (("Terminate", "active"),)
    assert left(desk.plan("/asg suspend web --process Launch")) == {"web": "it is so already"}


def test_the_plan_says_that_nothing_is_replaced_meanwhile(desk: Desk) -> None:
    add(desk, "web")
    (step,) = desk.plan("/asg suspend web").steps
    assert [str(one) for one in step.warnings] == ["until it is resumed nothing that breaks is replaced"]
    (step,) = desk.plan("/asg suspend web --process AZRebalance").steps
    assert step.warnings == ()


def test_it_is_suspended_when_auto_scaling_shows_it_and_not_before(desk: Desk) -> None:
    add(desk, "web")
    (step,) = desk.plan("/asg suspend web --process Launch --process Terminate").steps
    half = (("Launch", "suspended"), ("Terminate", "active"))
    assert _processes.seen(step, half).sight is Sight.COMING
    assert _processes.seen(step, step.after).sight is Sight.REACHED
