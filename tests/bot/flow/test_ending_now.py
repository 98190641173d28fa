"""A fault with a timer: mended at its moment, at once when somebody ends it, and past busy workers."""

import threading
import time
from dataclasses import replace
from datetime import timedelta

from bot.command import Batch
from bot.engine import WORKERS, Engine
from bot.operation import State, StepState
from tests.bot.flow.crowd import throttled
from tests.bot.flow.stage import Stage, act, ends, staged
from tests.house import House

PLANNED, DONE, SKIPPED, FAILED = (
    StepState.PLANNED, StepState.DONE, StepState.SKIPPED, StepState.FAILED,
)  # fmt: skip
FIVE_MINUTES = timedelta(minutes=5)


def fault() -> Stage:
    cut = act("cut")
    mend = act("mend", undoes="cut", after_a_while=FIVE_MINUTES)
    look = act("look", undoes="cut", follows=("mend",))
    return Stage([(cut, mend, look)])


def broken(there: House) -> int:
    number = there.asked("/play run 1")
    there.work(passing=20)
    assert ends(there, number) == {"cut": DONE, "mend": PLANNED, "look": PLANNED}
    return number


def test_it_is_mended_at_its_moment_though_nobody_is_there(at_home: House) -> None:
    stage = fault()
    with staged(at_home, stage) as there:
        number = broken(there)
        there.work(passing=FIVE_MINUTES.total_seconds() - 21)  # twenty have passed
        assert ends(there, number)["mend"] is PLANNED
        there.work(passing=20, turns=3)
        assert ends(there, number) == {"cut": DONE, "mend": DONE, "look": DONE}


def test_it_is_mended_at_once_when_somebody_ends_it(at_home: House) -> None:
    stage = fault()
    with staged(at_home, stage) as there:
        number = broken(there)
        there.cancel(number)
        there.work()
        assert stage.called == ["cut", "mend", "look"]
        there.work(passing=20, turns=2)
        assert ends(there, number) == {"cut": DONE, "mend": DONE, "look": DONE}


def test_an_end_in_the_middle_of_the_fault_mends_what_is_broken_already(at_home: House) -> None:
    cuts = (act("cut-1"), act("cut-2", needs=("cut-1",)))
    mends = [act(f"mend-{n}", undoes=f"cut-{n}", after_a_while=FIVE_MINUTES) for n in (1, 2)]
    stage = Stage([(*cuts, *mends)], coming={"cut-1"})
    with staged(at_home, stage) as there:
        number = there.asked("/play run 1")
        there.cancel(number)
        there.work()
        assert stage.called == ["cut-1", "mend-1"]
        there.work(passing=20)
        assert ends(there, number) == {"cut-1": FAILED, "cut-2": SKIPPED, "mend-1": DONE, "mend-2": SKIPPED}
        assert there.operation(number).state is State.CANCELLED


def test_nobody_waits_for_a_fault_that_is_put_back(at_home: House) -> None:
    """Its time limit is ten minutes; the operation ends long before."""
    stage = fault()
    stage.coming = {"cut"}
    with staged(at_home, stage) as there:
        number = there.asked("/play run 1")
        there.cancel(number)
        there.work(passing=20, turns=2)
        assert ends(there, number) == {"cut": FAILED, "mend": DONE, "look": DONE}
        assert str(there.steps(number)[0].reason) == "it was put back before AWS showed it"
        assert there.operation(number).state is State.PARTLY


def test_an_end_while_the_fault_is_being_called_waits_for_its_answer_and_no_longer(at_home: House) -> None:
    """Its way back is held by the call alone, and not by the moment any more."""
    stage = fault()
    with staged(at_home, stage) as there:
        stage.on_call = lambda batch: there.cancel(1) if batch.steps[0].key == "cut" else None
        number = there.asked("/play run 1")
        there.work()
        assert stage.called == ["cut", "mend", "look"]
        there.work(passing=20, turns=2)
        assert ends(there, number)["mend"] is DONE


def test_a_way_back_that_is_put_off_is_tried_again_within_two_seconds(at_home: House) -> None:
    stage = fault()
    refusals = [throttled() for _ in range(12)]
    stage.before = lambda batch: refusals.pop() if batch.steps[0].key == "mend" and refusals else None
    with staged(at_home, stage) as there:
        number = broken(there)
        there.cancel(number)
        there.work(passing=2, turns=14)
        assert not refusals
        there.work(passing=20, turns=3)
        assert ends(there, number) == {"cut": DONE, "mend": DONE, "look": DONE}


def test_a_way_back_need_not_wait_for_a_free_worker(at_home: House) -> None:
    """All workers wait for an answer of AWS; the way back has a worker of its own."""
    stage, free = fault(), threading.Event()
    stage.plans += [(act(f"slow-{n}"),) for n in range(WORKERS)]
    slow = threading.Semaphore(0)

    def wait(batch: Batch) -> None:
        if batch.steps[0].key.startswith("slow"):
            slow.release()
            free.wait(20)

    stage.on_call = wait
    with staged(at_home, stage) as there:
        number = broken(there)
        bell = there.engine._bell
        engine = Engine(replace(there.path, ring=bell.ring), bell)
        engine.start()
        try:
            for n in range(WORKERS):
                there.ask(f"/play run {n + 2}")
                bell.ring()
            for _ in range(WORKERS):
                assert slow.acquire(timeout=10)
            there.cancel(number)
            bell.ring()
            until = time.monotonic() + 10
            while "mend" not in stage.called and time.monotonic() < until:
                time.sleep(0.01)
            assert "mend" in stage.called
        finally:
            free.set()
            engine.stop()
