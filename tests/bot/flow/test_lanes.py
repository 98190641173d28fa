"""Lanes: calls of one action in one place, side by side with the others; what may be in flight at once."""

import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from aws.errors import Refused
from aws.said import Said
from bot.bell import Bell, Topic
from bot.command import Batch, Replay
from bot.flow import watch
from bot.operation import State, StepState
from bot.store import operations
from tests.bot.flow.crowd import throttled
from tests.bot.flow.stage import Stage, act, ends, staged
from tests.house import House

PLANNED, AWAITING, DONE, SKIPPED = (
    StepState.PLANNED, StepState.AWAITING, StepState.DONE, StepState.SKIPPED,
)  # fmt: skip


def full() -> Refused:
    return Refused("copying", Said("20 copies are in progress", code="ResourceLimitExceeded"))


def test_lanes_go_side_by_side(at_home: House) -> None:
    """Each call waits until one of the other lane is out too."""
    meeting = threading.Barrier(2, timeout=20)
    stage = Stage([(act("here"), act("there", region="us-east-1"))])
    stage.on_call = lambda _batch: meeting.wait()
    with staged(at_home, stage) as there:
        assert there.operation(there.asked("/play run 1")).state is State.DONE


def test_a_step_that_became_ready_does_not_wait_for_the_end_of_the_lane(at_home: House) -> None:
    """The first creation is complete while the last one still goes out: its deletion goes out too."""
    deleted = threading.Event()
    stage = Stage([(act("a"), act("slow"), act("delete", needs=("a",), region="us-east-1"))])

    with staged(at_home, stage) as there:

        def play(batch: Batch) -> None:
            match batch.steps[0].key:
                case "delete":
                    deleted.set()
                case "slow":
                    while not deleted.wait(0.02):
                        there.time.pass_(seconds=1)
                        watch.watch(there.path)

        stage.on_call = play
        assert there.operation(there.asked("/play run 1")).state is State.DONE


def test_a_lane_that_aws_puts_off_keeps_no_other_waiting(at_home: House) -> None:
    plan = (act("a"), act("b", region="us-east-1"), act("c", region="us-east-1", needs=("b",)))
    stage = Stage([plan])
    stage.before = lambda batch: throttled() if batch.steps[0].key == "a" else None
    with staged(at_home, stage) as there:
        assert ends(there, there.asked("/play run 1")) == {"a": PLANNED, "b": DONE, "c": DONE}


def test_so_many_are_in_flight_in_a_place_and_no_more(at_home: House) -> None:
    """CopySnapshot: 20 into a region at once."""
    keys = {f"c-{n}" for n in range(5)}
    stage = Stage([tuple(act(key) for key in sorted(keys))], coming=set(keys))
    with staged(at_home, stage, at_once=2) as there:
        number = there.asked("/play run 1")
        assert list(ends(there, number).values()).count(AWAITING) == 2
        stage.coming -= {"c-0"}
        there.work(passing=20)
        assert list(ends(there, number).values()).count(AWAITING) == 2
        assert len(stage.called) == 3
        stage.coming.clear()
        there.work(passing=20, turns=4)
        assert there.operation(number).state is State.DONE


def test_the_operations_share_the_places_in_flight(at_home: House) -> None:
    stage = Stage([(act("a"), act("b")), (act("c"),)], coming={"a", "b"})
    with staged(at_home, stage, at_once=2) as there:
        first, second = there.asked("/play run 1"), there.asked("/play run 2")
        there.work(passing=20, turns=2)
        assert ends(there, second) == {"c": PLANNED}
        stage.coming.clear()
        there.work(passing=20, turns=2)
        assert (there.operation(first).state, there.operation(second).state) == (State.DONE, State.DONE)


def test_another_tools_copies_are_waited_for(at_home: House) -> None:
    """AWS says that there are too many already: later, and longer than a throttled call is tried."""
    errors = [full()] * (at_home.path.limits.tries + 1)
    stage = Stage([(act("a"),)])
    stage.before = lambda _batch: errors.pop() if errors else None
    with staged(at_home, stage) as there:
        number = there.asked("/play run 1")
        there.work(passing=61, turns=10)
        assert ends(there, number) == {"a": DONE}


def batches_in(there: House, state: str) -> int:
    with there.path.db.engine.connect() as tx:
        return int(tx.exec_driver_sql(f"select count(*) from batches where state = '{state}'").scalar() or 0)


def test_what_was_intended_but_not_sent_is_skipped_at_a_cancel(at_home: House) -> None:
    """Their intents are committed, and so is that they were not sent; only then the calls come back."""
    stage = Stage([tuple(act(f"s-{n:03}") for n in range(100))])
    first = threading.Lock()

    with staged(at_home, stage) as there:

        def cancel(_batch: Batch) -> None:
            if first.acquire(blocking=False):
                there.cancel(1)
            for _ in range(2000):
                if batches_in(there, "refused"):
                    return
                time.sleep(0.01)

        stage.on_call = cancel
        number = there.asked("/play run 1")
        there.work(passing=20, turns=2)
        states = ends(there, number)
        assert set(states.values()) == {DONE, SKIPPED}
        assert {key for key, state in states.items() if state is DONE} == set(stage.called)
        assert there.operation(number).state is State.CANCELLED
        assert (batches_in(there, "intended"), batches_in(there, "refused") > 0) == (0, True)


def test_a_worker_that_was_taken_for_dead_sends_nothing_of_what_it_intended(at_home: House) -> None:
    """The intents of a group are older than its last call, so the hold is asked for again."""
    stage = Stage([tuple(act(f"s-{n:03}") for n in range(60))])
    first, over = threading.Lock(), threading.Event()

    with staged(at_home, stage) as there:

        def taken_over(_batch: Batch) -> None:
            if first.acquire(blocking=False):
                there.time.pass_(minutes=5)
                lease = timedelta(minutes=10)
                there.path.db.write(lambda tx: operations.claim(tx, there.time(), "another", lease, 1))
                over.set()
            over.wait(20)

        stage.on_call = taken_over
        there.asked("/play run 1")
    assert len(stage.called) <= 8  # as many as the house has threads


def test_what_may_be_called_once_at_most_is_not_intended_ahead(at_home: House) -> None:
    """Whoever dies leaves as unknown only what may really have been sent."""
    stage = Stage([tuple(act(f"s-{n:03}") for n in range(100))])
    seen: list[int] = []

    with staged(at_home, stage, replay=Replay.AT_MOST_ONCE) as there:
        stage.on_call = lambda _batch: seen.append(batches_in(there, "intended"))
        assert there.operation(there.asked("/play run 1")).state is State.DONE
    assert max(seen) <= 32


def test_what_one_look_leaves_over_is_looked_at_at_once(
    at_home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "AT_MOST", 2)
    keys = [f"s-{n}" for n in range(3)]
    stage, bell = Stage([tuple(map(act, keys))], coming=set(keys)), Bell()
    ear, rings = bell.ear(Topic.WAITS), []
    with staged(at_home, stage) as there:
        there.asked("/play run 1")
        stage.coming.clear()
        there.time.pass_(seconds=20)
        while watch.watch(replace(there.path, ring=bell.ring)):
            rings.append(ear.rung.is_set())
            ear.rung.clear()
    assert rings == [True, False]
