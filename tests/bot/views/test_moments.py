"""What waits for its moment shows that moment, in the reader's zone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.operation import Report, State, StepRow, StepState
from bot.views.card import card
from bot.views.plan_text import plan_text
from tests.bot.views.reports import NOW, report, row, speaker

EVENING = NOW + timedelta(hours=1)  # 22:00 in Tokyo


def waiting(until: Any = None, **of_step: Any) -> StepRow:
    made = row()
    return replace(made, step=replace(made.step, **of_step), until=until)


def asleep(**counts: int) -> Report:
    """A machine that was started, and is stopped at ten in the evening."""
    made = report(State.RUNNING, steps=(row(StepState.DONE), waiting(EVENING)), started=NOW)
    stand = {StepState.DONE: 1, StepState.PLANNED: 1}
    return replace(made, until=EVENING, counts=stand | {StepState(name): n for name, n in counts.items()})


def shown(made: Report, language: str = "en") -> str:
    return card(made, speaker(language), NOW + timedelta(minutes=2)).text


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        (waiting(EVENING, not_before=EVENING), "waits until 21 Nov 2026, 22:00 JST"),
        (waiting(not_before=EVENING), "not before 21 Nov 2026, 22:00 JST"),
        (waiting(after_a_while=timedelta(hours=2)), "2 hr after the step before it has ended"),
    ],
)
def test_a_planned_step_says_when_it_is_called(planned: StepRow, said: str) -> None:
    made = report(steps=(planned,))
    assert f"↳ {said}" in shown(made)
    assert said in plan_text(made, made.steps, speaker())


def test_what_was_called_waits_for_no_moment_any_more() -> None:
    called = replace(waiting(EVENING, not_before=EVENING), state=StepState.DONE)
    assert "22:00" not in shown(report(State.RUNNING, steps=(called,), started=NOW))


def test_a_card_that_sleeps_says_until_when_and_guesses_nothing() -> None:
    text = shown(asleep())
    assert "step 1 of 2 · waits until 21 Nov 2026, 22:00 JST" in text
    assert "left" not in text


def test_a_card_with_something_under_way_does_not_sleep() -> None:
    text = shown(asleep(awaiting=1))
    assert "step 1 of 3" in text
    assert "step 1 of 3 · waits" not in text


def test_it_says_so_in_japanese() -> None:
    assert "22:00 まで待機" in shown(asleep(), "ja").replace("JST", "").replace("  ", " ")
