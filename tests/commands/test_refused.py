"""What AWS refuses while a plan is carried out, on the wire: the missing right stands with the step."""

import pytest

from bot.operation import StepState
from tests.commands.desk import DEV_ID, Desk
from tests.house import APPROVER


@pytest.mark.parametrize(
    ("call", "right"),
    [("StopInstances", "ec2:StopInstances"), ("DescribeInstances", "ec2:DescribeInstances")],
)
def test_what_is_refused_while_it_is_carried_out_stands_with_the_step(
    desk: Desk, call: str, right: str
) -> None:
    """Whether it is the change that is refused, or the look before it."""
    desk.run(1, env="prod")
    number = desk.house.asked("/ec2 stop tag:env=prod")
    desk.deny(call, DEV_ID)
    desk.house.click(number, APPROVER)
    desk.house.work(passing=20, turns=3)
    desk.house.work(passing=700, turns=3)
    (step,) = desk.house.steps(number)
    assert step.state is StepState.FAILED
    assert right in f"{step.reason} {desk.house.operation(number).reason}"
