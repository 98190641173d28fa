import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from bot.store import schedules
from tests.commands.desk import Desk
from tests.commands.schedule.adding import ADD, added, brief, names
from tests.house import APPROVER


def test_what_was_added_from_chat_is_forgotten(desk: Desk) -> None:
    added(desk, f"{ADD} /ec2 list --name look")
    (row,) = desk.carry_out("/schedule remove look")
    assert row.state is StepState.DONE
    assert names(desk) == ["dev-off", "nightly"]
    with pytest.raises(UsageError, match="“look” is not known"):
        desk.parse("/schedule run look")


def test_what_stands_in_the_config_is_taken_out_there(desk: Desk) -> None:
    with pytest.raises(UsageError, match="stands in the config file: take it out there, or “/schedule pause"):
        desk.plan("/schedule remove dev-off")


def test_one_that_is_added_again_is_a_new_one_that_nobody_agreed_to(desk: Desk) -> None:
    """Also when it reads the same, to the letter."""
    desk.run(1, env="prod")
    added(desk, f"{ADD} /ec2 stop tag:env=prod --name off")
    digest, db = brief(desk, "off").digest, desk.house.path.db
    assert db.read(lambda tx: schedules.agreed(tx, "off", digest)) == {APPROVER}
    desk.carry_out("/schedule remove off")
    assert db.read(lambda tx: schedules.agreed(tx, "off", digest)) == frozenset()


def test_one_that_was_removed_and_added_anew_meanwhile_is_left_alone(desk: Desk) -> None:
    added(desk, f"{ADD} /ec2 list --name look")
    plan = desk.plan("/schedule remove look")
    desk.carry_out("/schedule remove look")
    added(desk, '/schedule add "daily 01:00" /ec2 list --name look')
    assert plan.steps[0].before != desk.plan("/schedule remove look").steps[0].before
