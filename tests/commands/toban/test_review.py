import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from tests.commands.desk import Desk
from tests.house import OPERATOR, OTHER


def test_without_an_emergency_there_is_nothing_to_review(desk: Desk) -> None:
    number = desk.house.asked("/ec2 list")
    plan = desk.plan(f"/toban review {number}")
    assert plan.steps == ()
    assert "waits for no review" in str(plan.summary)


def test_somebody_else_looks_at_an_emergency_afterwards(desk: Desk) -> None:
    number = emergency(desk)
    with pytest.raises(UsageError, match="You asked for"):
        desk.plan(f"/toban review {number}", OPERATOR)
    review = desk.house.asked(f"/toban review {number}", OTHER)
    desk.house.work()
    assert [row.state for row in desk.house.steps(review)] == [StepState.DONE]
    assert desk.plan(f"/toban review {number}", OTHER).steps == ()


def emergency(desk: Desk) -> int:
    desk.run(1, env="prod")
    return desk.house.asked('/ec2 stop tag:env=prod --emergency "the disk is on fire"')
