"""How an operation ended, from where its steps ended."""

import pytest

from bot.flow.call import patience
from bot.flow.end import verdict
from bot.operation import State, StepState

DONE, FAILED, SKIPPED, UNKNOWN = StepState.DONE, StepState.FAILED, StepState.SKIPPED, StepState.UNKNOWN


@pytest.mark.parametrize(
    ("counts", "ended"),
    [
        ({DONE: 3}, State.DONE),
        ({DONE: 2, FAILED: 1}, State.PARTLY),
        ({DONE: 2, SKIPPED: 1}, State.PARTLY),
        ({FAILED: 3}, State.FAILED),
        ({SKIPPED: 3}, State.FAILED),
        ({DONE: 99, UNKNOWN: 1}, State.UNKNOWN),
        ({FAILED: 1, UNKNOWN: 1}, State.UNKNOWN),
    ],
)
def test_green_is_only_what_is_done_to_the_last_step(counts: dict[StepState, int], ended: State) -> None:
    assert verdict(counts, cancelled=False) is ended


@pytest.mark.parametrize(
    ("counts", "ended"),
    [
        ({DONE: 2, SKIPPED: 1}, State.CANCELLED),
        ({SKIPPED: 3}, State.CANCELLED),
        ({DONE: 3}, State.DONE),
        ({SKIPPED: 2, UNKNOWN: 1}, State.UNKNOWN),
    ],
)
def test_a_cancel_that_came_too_late_cancelled_nothing(counts: dict[StepState, int], ended: State) -> None:
    assert verdict(counts, cancelled=True) is ended


def test_patience_grows_to_a_minute() -> None:
    assert [patience(tries).total_seconds() for tries in (1, 2, 5, 6, 60)] == [2, 4, 32, 60, 60]
