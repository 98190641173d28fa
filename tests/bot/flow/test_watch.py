"""What a look at AWS means, against what was promised and until when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.command import Seen, Sent, Sight
from bot.flow.watch import GONE_AFTER, judge, judge_blind
from bot.operation import StepState
from bot.store.waits import Wait
from bot.words import words
from tests.bot.flow.rows import step

BEGAN = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
DEADLINE = BEGAN + timedelta(minutes=10)
WAIT = Wait(1, 1, Sent(step("i-1"), ""), BEGAN, DEADLINE)
IN_TIME, TOO_LATE = DEADLINE - timedelta(seconds=1), DEADLINE


@pytest.mark.parametrize("now", [IN_TIME, TOO_LATE])
@pytest.mark.parametrize(
    ("sight", "state"), [(Sight.REACHED, StepState.DONE), (Sight.FAILED, StepState.FAILED)]
)
def test_what_aws_shows_for_certain_holds_also_at_the_last_moment(
    now: datetime, sight: Sight, state: StepState
) -> None:
    verdict = judge(WAIT, Seen(sight, words("it is so")), now)
    assert (verdict.state, str(verdict.shows)) == (state, "it is so")


def test_what_comes_is_waited_for_until_the_deadline() -> None:
    coming = Seen(Sight.COMING, words("it is stopping"))
    assert judge(WAIT, coming, IN_TIME).state is None
    late = judge(WAIT, coming, TOO_LATE)
    assert (late.state, str(late.shows)) == (StepState.FAILED, "not so in time; AWS shows: it is stopping")


def test_what_does_not_show_at_all_is_waited_for_too() -> None:
    """A listing may be behind what was made a moment ago."""
    verdict = judge(WAIT, None, IN_TIME)
    assert (verdict.state, str(verdict.shows)) == (None, "i-1 is not shown yet")
    assert judge(WAIT, None, TOO_LATE).state is StepState.FAILED


def test_what_is_not_shown_for_minutes_is_gone_however_long_it_may_take() -> None:
    """A pending snapshot that somebody deletes: it may take six hours, but this one never comes."""
    long = replace(WAIT, sent=Sent(step("vol-1"), "snap-1"), deadline=BEGAN + timedelta(hours=6))
    verdict = judge(long, None, BEGAN + GONE_AFTER)
    assert (verdict.state, str(verdict.shows)) == (StepState.FAILED, "snap-1 is not there (any more)")


def test_who_could_not_look_does_not_know() -> None:
    """An error of ours is no failure of the resource."""
    why = words("AWS asks for patience")
    assert judge_blind(WAIT, why, IN_TIME).state is None
    assert judge_blind(WAIT, why, TOO_LATE).state is StepState.UNKNOWN
