from bot.operation import StepState
from tests.commands.desk import Desk
from tests.commands.schedule.adding import brief
from tests.house import OPERATOR


def test_a_schedule_of_the_config_can_be_paused(desk: Desk) -> None:
    (row,) = desk.carry_out("/schedule pause dev-off")
    assert row.state is StepState.DONE
    assert brief(desk, "dev-off").paused_by == OPERATOR
    assert brief(desk, "nightly").paused_by == ""


def test_pausing_twice_needs_no_step_and_says_who_did(desk: Desk) -> None:
    desk.carry_out("/schedule pause dev-off")
    plan = desk.plan("/schedule pause dev-off")
    assert plan.steps == ()
    assert "dev-off is paused by U0SATO since" in str(plan.summary)
