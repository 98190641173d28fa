from bot.operation import StepState
from tests.commands.desk import Desk
from tests.commands.schedule.adding import brief


def test_the_next_run_is_left_out_and_only_that(desk: Desk) -> None:
    first, second, third = brief(desk, "dev-off").next_runs
    (row,) = desk.carry_out("/schedule skip dev-off")
    assert row.state is StepState.DONE
    assert brief(desk, "dev-off").skips == first
    assert brief(desk, "dev-off").next_runs[:2] == (second, third)


def test_skip_next_reads_as_well(desk: Desk) -> None:
    assert desk.plan("/schedule skip next dev-off").steps == desk.plan("/schedule skip dev-off").steps


def test_its_plan_names_the_run_and_the_one_after(desk: Desk) -> None:
    plan = desk.plan("/schedule skip dev-off")
    assert str(plan.summary).startswith("skip the run of dev-off at 2026-11-23")
    assert str(plan.notes[0]).startswith("The run after it is at 2026-11-27")


def test_skipping_twice_needs_no_step(desk: Desk) -> None:
    desk.carry_out("/schedule skip dev-off")
    plan = desk.plan("/schedule skip dev-off")
    assert plan.steps == ()
    assert "skips its run of" in str(plan.summary)


def test_once_the_run_has_passed_nothing_is_skipped_any_more(desk: Desk) -> None:
    desk.carry_out("/schedule skip dev-off")
    desk.house.time.pass_(days=3)
    assert brief(desk, "dev-off").skips is None
    assert len(desk.plan("/schedule skip dev-off").steps) == 1
