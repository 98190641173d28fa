import pytest

from tests.commands.desk import Desk
from tests.house import OPERATOR, READER


def said(desk: Desk, line: str, person: str = OPERATOR) -> str:
    plan = desk.house.operation(desk.house.asked(f"/toban why {line}", person)).plan
    assert plan is not None
    assert plan.steps == ()
    return " | ".join(str(one) for one in (plan.summary, *plan.notes))


def test_a_change_of_production_names_who_could_agree(desk: Desk) -> None:
    desk.run(1, env="prod")
    told = said(desk, "ec2 stop tag:env=prod")
    assert "you may, with others" in told
    assert "stop 1 of 1 instance" in told
    assert "U0SUZUKI" in told


def test_what_somebody_may_do_alone_is_said_with_the_rule(desk: Desk) -> None:
    desk.run(1, env="dev")
    assert "you may: " in said(desk, "ec2 stop tag:env=dev")


def test_what_somebody_may_not_do_is_said_before_aws_is_read(desk: Desk) -> None:
    desk.local.control.log.clear()
    assert "you may not: " in said(desk, "ec2 stop tag:env=dev", READER)
    assert desk.local.control.calls() == ()


@pytest.mark.parametrize("line", ["ec2 stop i-0123456789abcdef0", "ec2 dance"])
def test_a_line_that_means_nothing_is_answered_as_if_it_had_been_typed(desk: Desk, line: str) -> None:
    number = desk.house.asked(f"/toban why {line}")
    assert desk.house.operation(number).reason is not None
