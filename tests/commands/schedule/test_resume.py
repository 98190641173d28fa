from bot.operation import StepState
from bot.store import schedules
from bot.words import words
from tests.commands.desk import Desk
from tests.commands.schedule.adding import brief


def test_what_was_paused_runs_again(desk: Desk) -> None:
    desk.carry_out("/schedule pause dev-off")
    (row,) = desk.carry_out("/schedule resume dev-off")
    assert row.state is StepState.DONE
    assert brief(desk, "dev-off").paused_by == ""


def test_what_is_not_paused_needs_no_step(desk: Desk) -> None:
    plan = desk.plan("/schedule resume dev-off")
    assert plan.steps == ()
    assert str(plan.summary) == "dev-off is not paused."


def test_it_says_when_it_runs_next(desk: Desk) -> None:
    desk.carry_out("/schedule pause dev-off")
    (note,) = desk.plan("/schedule resume dev-off").notes
    assert str(note).startswith("It runs next at 2026-11-23")


def test_what_is_disabled_stays_so_and_is_told_what_would_enable_it(desk: Desk) -> None:
    path = desk.house.path
    path.db.write(lambda tx: schedules.note(tx, "dev-off", path.schedules["dev-off"].digest, path.now()))
    path.db.write(lambda tx: schedules.disable(tx, "dev-off", words("it is forbidden now")))
    said = [str(note) for note in desk.plan("/schedule resume dev-off").notes]
    assert said == [
        "dev-off is disabled: it is forbidden now",
        "“/schedule approve dev-off” enables it again.",
    ]
