import pytest

from bot.arguments import UsageError
from bot.operation import Door, State
from tests.commands.desk import Desk
from tests.commands.shelf import OURS
from tests.house import OTHER


def test_the_line_becomes_an_operation_of_its_owner(desk: Desk) -> None:
    desk.run(1, env="dev")
    desk.see_through("/schedule run dev-off")
    made = desk.house.operation(2)
    assert (made.ask.asker.person, made.ask.door, made.ask.schedule) == (OTHER, Door.CLOCK, "dev-off")
    assert made.ask.line == "ec2 stop tag:env=dev"
    assert made.state is State.DONE


def test_it_goes_by_the_same_rules_as_by_the_clock(desk: Desk) -> None:
    """Nobody agreed to the deletions beforehand, so they wait for a click."""
    volume = desk.volumes_of(desk.run(1)[0])[0]
    tags = [{"ResourceType": "snapshot", "Tags": OURS}]
    for _ in range(8):
        desk.ec2().create_snapshot(VolumeId=volume, TagSpecifications=tags)
    desk.house.asked("/schedule run nightly")
    assert desk.house.operation(2).state is State.WAITING


def test_a_name_that_is_a_slip_away_is_offered(desk: Desk) -> None:
    with pytest.raises(UsageError, match=r"“dev-of” is not known\. Did you mean dev-off"):
        desk.plan("/schedule run dev-of")


def test_a_name_that_is_none_is_answered_with_those_there_are(desk: Desk) -> None:
    with pytest.raises(UsageError, match="Choose from dev-off, nightly"):
        desk.plan("/schedule run weekly-report")
