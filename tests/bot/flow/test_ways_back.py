"""Freeze, snapshot, thaw: what undoes a step is made whatever happens, once that step was called."""

from datetime import timedelta

import pytest

from aws.errors import AwsError, Denied
from aws.said import Said
from bot.command import Batch
from bot.operation import State, StepState
from tests.bot.flow.crowd import cut, refused, throttled
from tests.bot.flow.stage import Stage, act, ends, staged
from tests.house import House

DONE, FAILED, SKIPPED = StepState.DONE, StepState.FAILED, StepState.SKIPPED


def freeze_and_thaw() -> Stage:
    freeze = act("freeze")
    take = act("take", needs=("freeze",))
    thaw = act("thaw", undoes="freeze", follows=("take",))
    return Stage([(freeze, take, thaw)])


def played(there: House, stage: Stage, turns: int = 6) -> tuple[dict[str, StepState], list[str]]:
    number = there.asked("/play run 1")
    there.work(passing=20, turns=turns)
    return ends(there, number), stage.called


def test_it_comes_last(at_home: House) -> None:
    stage = freeze_and_thaw()
    with staged(at_home, stage) as there:
        assert played(there, stage) == (
            {"freeze": DONE, "take": DONE, "thaw": DONE},
            ["freeze", "take", "thaw"],
        )


def test_it_does_not_wait_until_what_it_follows_is_complete(at_home: House) -> None:
    """A snapshot's moment is its call; its copying takes minutes, and nobody stays frozen so long."""
    stage = freeze_and_thaw()
    stage.coming = {"take"}
    with staged(at_home, stage) as there:
        states, called = played(there, stage)
        assert called == ["freeze", "take", "thaw"]
        assert states == {"freeze": DONE, "take": StepState.AWAITING, "thaw": DONE}


def test_it_is_made_though_the_step_between_failed(at_home: House) -> None:
    stage = freeze_and_thaw()
    stage.before = lambda batch: refused() if batch.steps[0].key == "take" else None
    with staged(at_home, stage) as there:
        assert played(there, stage)[0] == {"freeze": DONE, "take": FAILED, "thaw": DONE}


@pytest.mark.parametrize("how", ["never shown", "refused"])
def test_it_is_made_though_what_it_undoes_failed(at_home: House, how: str) -> None:
    """A freeze that failed may have frozen half of it."""
    stage = freeze_and_thaw()
    if how == "refused":
        stage.before = lambda batch: refused() if batch.steps[0].key == "freeze" else None
    else:
        stage.lost = {"freeze"}
    with staged(at_home, stage) as there:
        assert played(there, stage)[0] == {"freeze": FAILED, "take": SKIPPED, "thaw": DONE}


def test_it_is_made_though_somebody_cancelled(at_home: House) -> None:
    stage = freeze_and_thaw()
    with staged(at_home, stage) as there:
        stage.on_call = lambda batch: there.cancel(1) if batch.steps[0].key == "freeze" else None
        assert played(there, stage)[0] == {"freeze": FAILED, "take": SKIPPED, "thaw": DONE}
        assert str(there.steps(1)[0].reason) == "it was put back before AWS showed it"
        assert there.operation(1).state is State.CANCELLED


def test_it_is_not_made_when_there_is_nothing_to_undo(at_home: House) -> None:
    """The freeze was never called."""
    stage = freeze_and_thaw()
    stage.on_look = lambda _place: refused()
    with staged(at_home, stage) as there:
        assert played(there, stage) == ({"freeze": FAILED, "take": SKIPPED, "thaw": SKIPPED}, [])
        assert str(there.steps(1)[2].reason) == "nothing to undo, since freeze was not called"


def test_it_is_tried_for_ever(at_home: House) -> None:
    stage = freeze_and_thaw()
    errors = [throttled()] * (at_home.path.limits.tries + 3)
    stage.before = lambda batch: errors.pop() if batch.steps[0].key == "thaw" and errors else None
    with staged(at_home, stage) as there:
        number = there.asked("/play run 1")
        there.work(passing=61, turns=30)
        assert ends(there, number)["thaw"] is DONE


def test_a_cut_answer_is_asked_for_again_also_after_a_cancel(at_home: House) -> None:
    stage = freeze_and_thaw()
    errors = [cut()] * (at_home.path.limits.repeats + 2)
    stage.before = lambda batch: errors.pop() if batch.steps[0].key == "thaw" and errors else None
    with staged(at_home, stage) as there:
        number = there.asked("/play run 1")
        there.cancel(number)
        there.work(passing=61, turns=30)
        assert ends(there, number)["thaw"] is DONE


def test_it_is_made_though_nobody_can_look(at_home: House) -> None:
    """The look is a courtesy; without one an ordinary step has failed."""
    stage = freeze_and_thaw()
    stage.on_look = lambda _place: refused() if "freeze" in stage.called else None
    with staged(at_home, stage) as there:
        assert played(there, stage)[0] == {"freeze": DONE, "take": FAILED, "thaw": DONE}


def test_it_is_handed_what_the_step_made_that_it_undoes(at_home: House) -> None:
    stage = freeze_and_thaw()
    with staged(at_home, stage) as there:
        played(there, stage)
    assert stage.results[-1]["freeze"] == "made-by-freeze"


@pytest.mark.parametrize("error", [None, refused()])
def test_what_follows_is_made_when_the_call_is_over_however_it_went(
    at_home: House, error: AwsError | None
) -> None:
    stage = Stage([(act("a"), act("b", follows=("a",)))])
    stage.before = lambda batch: error if batch.steps[0].key == "a" else None
    with staged(at_home, stage) as there:
        assert played(there, stage)[1] == ["a", "b"]


def no_right() -> Denied:
    return Denied("thawing", Said("not authorized", code="AccessDeniedException"))


@pytest.mark.parametrize(("minutes", "state"), [(30, DONE), (90, FAILED)])
def test_without_the_right_to_put_back_it_is_asked_again_for_an_hour(
    at_home: House, minutes: int, state: StepState
) -> None:
    stage = freeze_and_thaw()
    with staged(at_home, stage) as there:
        given_back = there.time.at + timedelta(minutes=minutes)

        def before(batch: Batch) -> AwsError | None:
            may = batch.steps[0].key != "thaw" or there.time.at >= given_back
            return None if may else no_right()

        stage.before = before
        number = there.asked("/play run 1")
        while there.operation(number).state is State.RUNNING:
            there.work(passing=30)
        assert ends(there, number) == {"freeze": DONE, "take": DONE, "thaw": state}


def test_without_the_right_to_begin_there_is_nothing_to_insist_on(at_home: House) -> None:
    stage = freeze_and_thaw()
    stage.before = lambda batch: None if batch.steps[0].key == "take" else no_right()
    with staged(at_home, stage) as there:
        states, called = played(there, stage)
        assert states == {"freeze": FAILED, "take": SKIPPED, "thaw": FAILED}
        assert called == ["freeze", "thaw"]
