"""/run stop: an end to what an operation started."""

import pytest

from bot.arguments import UsageError
from bot.operation import State, StepState
from tests.commands.desk import DEV_ID, TOKYO, Desk, unread


def start(desk: Desk, count: int = 2) -> None:
    """Operation #1 has sent a command that goes on and on."""
    desk.run(count, env="dev")
    desk.local.control.commands_take(None)
    desk.see_through('/run "sleep 9999" on tag:env=dev --within 2h', turns=1)


def test_what_still_runs_is_stopped_and_its_operation_ends(desk: Desk) -> None:
    start(desk)
    (row,) = desk.house.steps(desk.see_through("/run stop 1", turns=2))
    assert (row.state, str(row.reason)) == (StepState.DONE, "it is over everywhere")
    desk.house.work(passing=10)
    stopped = desk.house.steps(1)
    assert [str(one.reason) for one in stopped] == ["it was cancelled in Systems Manager"] * 2
    assert desk.house.operation(1).state is State.FAILED


def test_the_plan_says_where_it_runs_and_what_stopping_means(desk: Desk) -> None:
    start(desk)
    (step,) = desk.plan("/run stop 1").steps
    assert [str(one) for one in step.warnings] == [
        "it still runs on 2 instances",
        "what it began may stay half done",
    ]
    assert step.target.name == "AWS-RunShellScript"


def test_what_others_run_is_left_alone(desk: Desk) -> None:
    start(desk)
    (instance,) = desk.run(1)
    client = desk.local.client("ssm", account=DEV_ID, region=TOKYO)
    theirs = {"InstanceIds": [instance], "DocumentName": "AWS-RunShellScript", "Comment": "toban #11"}
    client.send_command(**theirs, Parameters={"commands": ["sleep 9"]})
    desk.see_through("/run stop 1", turns=2)
    assert [one.comment for one in desk.local.control.commands_sent() if one.due is None] == ["toban #11"]


def test_what_is_over_needs_no_step(desk: Desk) -> None:
    start(desk)
    desk.local.control.release_commands()
    plan = desk.plan("/run stop 1")
    assert plan.steps == ()
    assert str(plan.summary) == "Nothing of #1 runs any more."


def test_a_number_that_is_none_is_said(desk: Desk) -> None:
    with pytest.raises(UsageError, match="no operation #7"):
        desk.plan("/run stop 7")


def test_a_place_that_cannot_be_read_is_named(desk: Desk) -> None:
    start(desk)
    desk.deny("ListCommands", account=DEV_ID)
    assert ("dev", TOKYO) in unread(desk.plan("/run stop 1"))
