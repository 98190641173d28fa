import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from bot.schedule import Schedule
from bot.schedules import Schedules
from tests.commands.desk import Desk
from tests.house import CHANNEL, OPERATOR, OTHER


def agreed(desk: Desk, name: str) -> tuple[str, ...]:
    (found,) = [one for one in desk.house.path.ledger.schedules() if one.name == name]
    return found.approved_by


def test_who_agrees_is_written_down_beside_what_it_says_now(desk: Desk) -> None:
    (row,) = desk.carry_out("/schedule approve nightly")
    assert row.state is StepState.DONE
    assert agreed(desk, "nightly") == (OPERATOR,)
    assert agreed(desk, "dev-off") == ()


def test_its_owner_cannot_agree(desk: Desk) -> None:
    with pytest.raises(UsageError, match="You own the schedule nightly; somebody else has to agree"):
        desk.plan("/schedule approve nightly", OTHER)


def test_agreeing_twice_needs_no_step(desk: Desk) -> None:
    desk.carry_out("/schedule approve nightly")
    plan = desk.plan("/schedule approve nightly")
    assert plan.steps == ()
    assert "You have agreed" in str(plan.summary)


def test_a_step_names_the_text_that_is_agreed_to(desk: Desk) -> None:
    """An edit between plan and click is another digest, and refused."""
    (step,) = desk.plan("/schedule approve nightly").steps
    (found,) = [one for one in desk.house.path.ledger.schedules() if one.name == "nightly"]
    assert dict(step.before)["digest"] == found.digest


def test_who_agrees_sees_to_whom_it_goes_by_mail(desk: Desk) -> None:
    mailed(desk)
    plan = desk.plan("/schedule approve bill")
    assert [str(note) for note in plan.notes] == [
        "bill goes by mail to ops@example.com, cfo@example.com, too"
    ]
    assert desk.plan("/schedule approve nightly").notes == ()


def test_the_list_says_so_too(desk: Desk) -> None:
    mailed(desk)
    notes = [str(note) for note in desk.plan("/schedule list").notes]
    assert "bill goes by mail to ops@example.com, cfo@example.com, too" in notes


def mailed(desk: Desk) -> None:
    """There is a schedule that names addresses."""
    to = ("ops@example.com", "cfo@example.com")
    one = Schedule("bill", "cost report", ("daily",), "09:00", "Asia/Tokyo", CHANNEL, OTHER, mail=to)
    known = desk.house.path.schedules
    assert isinstance(known, Schedules)
    known.take_up({"bill": one})
