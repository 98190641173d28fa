import pytest

from bot.arguments import UsageError
from bot.operation import State, StepState
from tests.commands.desk import Desk


def test_what_waits_is_cancelled_and_nothing_was_done(desk: Desk) -> None:
    desk.run(1, env="prod")
    waits = desk.house.asked("/ec2 stop tag:env=prod")
    (row,) = desk.carry_out(f"/toban cancel {waits}")
    assert row.state is StepState.DONE
    assert desk.house.operation(waits).state is State.CANCELLED
    assert desk.local.control.count("StopInstances") == 0


def test_there_is_no_such_operation(desk: Desk) -> None:
    with pytest.raises(UsageError, match="There is no operation #99"):
        desk.plan("/toban cancel 99")


def test_what_has_ended_needs_no_step(desk: Desk) -> None:
    ended = desk.house.asked("/ec2 list")
    plan = desk.plan(f"/toban cancel {ended}")
    assert plan.steps == ()
    assert "has ended already" in str(plan.summary)


def test_what_was_sent_is_watched_to_its_end(desk: Desk) -> None:
    """Cancelling takes back no call that was made."""
    desk.run(1, env="dev")
    desk.local.control.instances_take(stop=None)
    runs = desk.house.asked("/ec2 stop tag:env=dev")
    desk.see_through(f"/toban cancel {runs}", turns=1)
    assert desk.house.operation(runs).state is State.RUNNING
    desk.local.control.release_instances()
    desk.house.work(passing=10)
    assert desk.house.operation(runs).state is State.DONE
