from bot.operation import StepState
from tests.commands.asg.fleet import add
from tests.commands.asg.test_suspend import suspended
from tests.commands.desk import Desk, left


def test_what_was_suspended_is_resumed(desk: Desk) -> None:
    add(desk, "web")
    desk.carry_out("/asg suspend web --process Launch --process Terminate")
    number = desk.see_through("/asg resume web")
    (row,) = desk.house.steps(number)
    assert (row.state, str(row.reason)) == (StepState.DONE, "nothing of it is suspended")
    assert suspended(desk, "web") == set()


def test_one_of_several_is_resumed_alone(desk: Desk) -> None:
    add(desk, "web")
    desk.carry_out("/asg suspend web --process Launch --process Terminate")
    desk.see_through("/asg resume web --process Terminate")
    assert suspended(desk, "web") == {"Launch"}


def test_a_group_in_which_nothing_is_suspended_is_left(desk: Desk) -> None:
    add(desk, "web")
    assert left(desk.plan("/asg resume web")) == {"web": "it is so already"}
