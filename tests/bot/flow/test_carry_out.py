"""Calls that AWS refuses, puts off, or that nobody wants any more."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.command import Replay
from bot.engine import Engine
from bot.operation import State, StepState
from bot.store import operations
from bot.store.schema import audit
from tests.bot.flow.crowd import Crowd, lamps, planned, refused, throttled
from tests.house import House


def ends(there: House, number: int) -> dict[str, StepState]:
    return {row.step.key: row.state for row in there.steps(number)}


def test_one_bad_step_among_eight_fails_alone(at_home: House, crowd: Crowd) -> None:
    """One bad id refuses a whole call, so the call is halved around it."""
    crowd.before = lambda ids: refused() if "l-5" in ids else None
    with lamps(at_home, crowd, Replay.REPEATABLE, most=8) as there:
        number = there.asked("/lamp light 8")
        there.work(passing=20, turns=3)
        assert there.operation(number).state is State.PARTLY
        found = ends(there, number)
        reason = {row.step.key: str(row.reason) for row in there.steps(number)}["l-5"]
    assert found.pop("l-5") is StepState.FAILED
    assert set(found.values()) == {StepState.DONE}
    assert reason == "AWS refused with InvalidLamp: one of them is broken"
    assert sorted(crowd.lit) == sorted(found)
    assert len(crowd.calls) <= 1 + 2 * 3  # one, then two a halving


def test_what_needs_a_bad_step_is_given_up_and_said(at_home: House, crowd: Crowd) -> None:
    crowd.after_needs = True
    crowd.before = lambda ids: refused() if "l-1" in ids else None
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = there.asked("/lamp light 4")
        there.work(passing=20, turns=6)
        assert list(ends(there, number).values()) == [
            StepState.DONE,
            StepState.FAILED,
            StepState.SKIPPED,
            StepState.SKIPPED,
        ]


def test_patience_is_rewarded(at_home: House, crowd: Crowd) -> None:
    errors = [throttled(), throttled()]
    crowd.before = lambda _ids: errors.pop() if errors else None
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = there.asked("/lamp light 2")
        there.work(passing=5, turns=3)
        assert there.operation(number).state is State.DONE
    assert len(crowd.calls) == 3


def test_patience_ends(at_home: House, crowd: Crowd) -> None:
    """Nothing was done, and it is said with AWS's reason."""
    crowd.before = lambda _ids: throttled()
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = there.asked("/lamp light 2")
        there.work(passing=61, turns=20)
        assert set(ends(there, number).values()) == {StepState.FAILED}
        assert "AWS asks for patience" in str(there.steps(number)[0].reason)
        assert there.operation(number).state is State.FAILED
    assert len(crowd.calls) == at_home.path.limits.tries


def test_a_cancel_stops_between_two_calls(at_home: House, crowd: Crowd) -> None:
    crowd.after_needs = True
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        crowd.on_call = lambda: there.cancel(1) if len(crowd.calls) == 2 else None
        number = there.asked("/lamp light 4")
        there.work(passing=20, turns=4)
        assert list(ends(there, number).values()) == [
            StepState.DONE,
            StepState.DONE,
            StepState.SKIPPED,
            StepState.SKIPPED,
        ]
        assert there.operation(number).state is State.CANCELLED
    assert crowd.lit == ["l-0", "l-1"]


def test_a_line_that_no_longer_fits_begins_nothing_and_says_why(at_home: House, crowd: Crowd) -> None:
    """Its verb, account or schedule is gone from the config since it was agreed to."""
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = planned(there)
        path = replace(there.path, grammar=at_home.path.grammar)
        Engine(path, there.engine._bell).run_until_idle()
        refused_now = there.operation(number)
        assert (refused_now.state, crowd.calls) == (State.REFUSED, [])
        assert "lamp" in str(refused_now.reason)
        assert set(ends(there, number).values()) == {StepState.SKIPPED}


def taken_over(at_home: House) -> None:
    """The worker took so long that its lease ran out, and another one holds the operation now."""
    at_home.time.pass_(minutes=5)
    lease = timedelta(seconds=30)
    taken = at_home.path.db.write(lambda tx: operations.claim(tx, at_home.time(), "another", lease, 1))
    assert [one.number for one in taken] == [1]


def told(at_home: House) -> list[str]:
    query = select(audit.c.event).where(audit.c.event.startswith("step.")).order_by(audit.c.id)
    return at_home.path.db.read(lambda tx: list(tx.execute(query).scalars()))


def test_the_answer_of_a_worker_that_was_taken_for_dead_is_refused(at_home: House, crowd: Crowd) -> None:
    """Whoever holds the operation now finds the call without an answer, and goes by its replay rule."""
    crowd.on_call = lambda: taken_over(at_home)
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = there.asked("/lamp light 1")
        assert ends(there, number) == {"l-0": StepState.SENT}
        assert told(there) == ["step.intended"]
        there.work(passing=60)
        assert there.operation(number).state is State.DONE
    assert crowd.lit == ["l-0"]


def test_a_worker_that_was_taken_for_dead_makes_no_call(at_home: House, crowd: Crowd) -> None:
    """Its intent is refused, and without a committed intent nothing is called."""
    crowd.on_look = lambda: taken_over(at_home)
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = there.asked("/lamp light 1")
        assert ends(there, number) == {"l-0": StepState.PLANNED}
    assert told(at_home) == []
    assert crowd.calls == []
