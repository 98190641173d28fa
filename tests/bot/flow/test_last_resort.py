"""A disk that is full in the middle of a fault: it is put back at its moment all the same."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.flow.last_resort import put_back
from bot.operation import State, StepState
from tests.bot.flow.crowd import refused
from tests.bot.flow.stage import Stage, act, ends, staged
from tests.house import House

PLANNED, DONE = StepState.PLANNED, StepState.DONE
FIVE_MINUTES = timedelta(minutes=5)
FULL = OperationalError("INSERT", {}, Exception("database or disk is full"))


def fault() -> Stage:
    cut = act("cut")
    mend = act("mend", undoes="cut", after_a_while=FIVE_MINUTES)
    return Stage([(cut, mend, act("look", undoes="cut", follows=("mend",)))])


def broken(there: House) -> int:
    number = there.asked("/play run 1")
    there.work(passing=20)
    return number


def full(there: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: Any, **_named: Any) -> None:
        raise FULL

    monkeypatch.setattr(there.path.db, "write", refuse)


def test_it_is_put_back_at_its_moment_and_found_done_once_the_disk_has_room(
    at_home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = fault()
    with staged(at_home, stage) as there:
        number = broken(there)
        there.time.at += FIVE_MINUTES
        with monkeypatch.context() as patch:
            full(there, patch)
            with pytest.raises(OperationalError):
                there.engine.run_until_idle()
            assert put_back(there.path, FULL) == 1
            assert stage.called == ["cut", "mend"]
            assert put_back(there.path, FULL) == 0  # it is so already
        there.work(passing=20, turns=3)
        assert stage.called == ["cut", "mend", "look"]
        assert ends(there, number) == {"cut": DONE, "mend": DONE, "look": DONE}
        assert there.operation(number).state is State.DONE


def test_it_is_not_put_back_before_its_moment(at_home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = fault()
    with staged(at_home, stage) as there:
        broken(there)
        full(there, monkeypatch)
        assert put_back(there.path, FULL) == 0
        assert stage.called == ["cut"]


def test_what_was_never_broken_is_left_alone(at_home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = fault()
    stage.approvals = 1
    with staged(at_home, stage) as there:
        there.asked("/play run 1")
        there.time.at += FIVE_MINUTES
        full(there, monkeypatch)
        assert put_back(there.path, FULL) == 0
        assert stage.called == []


def test_what_aws_refuses_is_tried_again_at_the_next_turn(
    at_home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = fault()
    with staged(at_home, stage) as there:
        broken(there)
        there.time.at += FIVE_MINUTES
        full(there, monkeypatch)
        stage.before = lambda _batch: refused()
        assert put_back(there.path, FULL) == 0
        stage.before = lambda _batch: None
        assert put_back(there.path, FULL) == 1


def test_other_mistakes_put_nothing_back(at_home: House) -> None:
    stage = fault()
    with staged(at_home, stage) as there:
        broken(there)
        there.time.at += FIVE_MINUTES
        assert put_back(there.path, ValueError("a mistake of ours")) == 0
        assert stage.called == ["cut"]
