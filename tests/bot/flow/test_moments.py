"""Steps that wait for their moment: a machine that is up for two hours, or until ten in the evening."""

import threading
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from aws.account import AccountConfig
from bot.command import Batch
from bot.operation import State, StepState
from bot.store.schema import operations
from tests.bot.flow.crowd import HERE, throttled
from tests.bot.flow.stage import Stage, act, ends, staged
from tests.bot.flow.test_lanes import full
from tests.house import House, Time, house

PLANNED, DONE, FAILED, SKIPPED = (
    StepState.PLANNED, StepState.DONE, StepState.FAILED, StepState.SKIPPED,
)  # fmt: skip
EVENING = datetime(2026, 11, 21, 22, 0, tzinfo=ZoneInfo("Asia/Tokyo"))  # ten hours from the house's noon
TWO_HOURS = timedelta(hours=2)
up, down = partial(act, "up"), partial(act, "down")


def wake(there: House, number: int) -> datetime | None:
    query = select(operations.c.wake).where(operations.c.id == number)
    return there.path.db.read(lambda tx: tx.execute(query).scalar())


def test_a_step_is_not_called_before_its_moment(at_home: House) -> None:
    stage = Stage([(up(), down(not_before=EVENING))])
    with staged(at_home, stage) as there:
        number = there.asked("/play run 1")
        there.work(passing=20)
        there.time.at = EVENING - timedelta(seconds=1)
        there.work()
        assert (ends(there, number), there.operation(number).state) == (
            {"up": DONE, "down": PLANNED},
            State.RUNNING,
        )
        there.work(passing=1)
        there.work(passing=20)
        assert there.operation(number).state is State.DONE
        assert stage.called == ["up", "down"]


def test_a_while_begins_when_what_is_needed_has_come_to_its_end(at_home: House) -> None:
    """For two hours: of the machine, not of the wait until it is up."""
    stage = Stage([(up(), down(needs=("up",), after_a_while=TWO_HOURS))], coming={"up"})
    with staged(at_home, stage) as there:
        number = there.asked("/play run 1")
        there.work(passing=300)
        stage.coming.clear()
        there.work(passing=20)
        is_up = there.time.at
        assert wake(there, number) == is_up + TWO_HOURS
        there.time.at = is_up + TWO_HOURS - timedelta(seconds=1)
        there.work()
        assert stage.called == ["up"]
        there.work(passing=1)
        there.work(passing=20)
        assert there.operation(number).state is State.DONE


def test_the_later_of_a_while_and_a_moment_counts(at_home: House) -> None:
    both = down(needs=("up",), after_a_while=TWO_HOURS, not_before=EVENING)
    with staged(at_home, Stage([(up(), both)])) as there:
        number = there.asked("/play run 1")
        there.work(passing=20)
        assert wake(there, number) == EVENING


def test_nobody_looks_at_an_operation_that_waits_for_its_moment(at_home: House) -> None:
    """It sleeps in its row, whatever goes on around it."""
    stage = Stage([(down(not_before=EVENING),), (up(),)])
    with staged(at_home, stage) as there:
        number = there.asked("/play run 1")
        looks: list[object] = []
        stage.on_look = looks.append
        there.work(passing=600, turns=5)
        assert (looks, wake(there, number)) == ([], EVENING)


def test_a_cancel_skips_what_waits_for_its_moment_at_once(at_home: House) -> None:
    stage = Stage([(up(), down(not_before=EVENING))])
    with staged(at_home, stage) as there:
        number = there.asked("/play run 1")
        there.work(passing=20)
        there.cancel(number)
        there.work()
        assert ends(there, number) == {"up": DONE, "down": SKIPPED}
        assert there.operation(number).state is State.CANCELLED


def test_what_needs_a_step_that_failed_does_not_wait_for_its_moment(at_home: House) -> None:
    stage = Stage([(up(), down(needs=("up",), not_before=EVENING, after_a_while=TWO_HOURS))], lost={"up"})
    with staged(at_home, stage) as there:
        number = there.asked("/play run 1")
        there.work(passing=20, turns=2)
        assert ends(there, number) == {"up": FAILED, "down": SKIPPED}


def test_the_look_before_the_call_is_taken_when_the_moment_has_come(at_home: House) -> None:
    """Somebody turned it on meanwhile: nothing is left to do."""
    stage = Stage([(down(not_before=EVENING),)])
    with staged(at_home, stage) as there:
        number = there.asked("/play run 1")
        stage.on.add("down")
        there.time.at = EVENING
        there.work()
        assert (ends(there, number), stage.called) == ({"down": DONE}, [])


def test_a_moment_comes_also_while_other_calls_go_out(at_home: House) -> None:
    """A long night of calls does not keep it from its time."""
    called = threading.Event()
    stage = Stage([(act("long"), down(not_before=EVENING, region="us-east-1"))])
    with staged(at_home, stage) as there:

        def play(batch: Batch) -> None:
            if batch.steps[0].key == "down":
                called.set()
            else:
                there.time.at = EVENING
                assert called.wait(20)

        stage.on_call = play
        number = there.asked("/play run 1")
        there.work(passing=20, turns=2)
        assert there.operation(number).state is State.DONE


def test_a_moment_that_has_come_is_not_put_off_again(at_home: House) -> None:
    """What it follows is called, its while is over, and only then the other is done."""
    stage = Stage([(up(), down(follows=("up",), after_a_while=timedelta(minutes=1)))], coming={"up"})
    stage.before = lambda batch: throttled() if batch.steps[0].key == "down" and busy else None
    busy = [True]
    with staged(at_home, stage) as there:
        number = there.asked("/play run 1")
        there.work(passing=61)
        assert stage.called == ["up", "down"]
        stage.coming.clear()
        busy.clear()
        there.work(passing=5)
        there.work(passing=20)
        assert there.operation(number).state is State.DONE


def test_a_lane_that_rests_lets_no_moment_pass(at_home: House) -> None:
    """AWS wants a minute for the one; the moment of the other comes in between."""
    soon = at_home.time.at + timedelta(seconds=30)
    stage = Stage([(act("full"), down(not_before=soon, region="us-east-1"))])
    stage.before = lambda batch: full() if batch.steps[0].key == "full" else None
    with staged(at_home, stage) as there:
        there.asked("/play run 1")
        there.work(passing=30)
        assert stage.called == ["full", "down"]


def test_what_aws_put_off_is_not_called_sooner_because_something_else_ends(at_home: House) -> None:
    """A throttled call among many: each of the others that ends wakes the operation."""
    others = [act(f"o-{n}", region="us-east-1") for n in range(9)]
    stage = Stage([(act("full"), *others)], coming={one.key for one in others})
    stage.before = lambda batch: full() if batch.steps[0].key == "full" else None
    with staged(at_home, stage) as there:
        there.asked("/play run 1")
        for one in others:
            stage.coming.remove(one.key)
            there.work(passing=5)
        assert stage.called.count("full") == 1


def test_a_step_may_have_a_time_limit_of_its_own(at_home: House) -> None:
    plan = (up(within=timedelta(minutes=1)), act("usual"))
    with staged(at_home, Stage([plan], coming={"up", "usual"})) as there:
        number = there.asked("/play run 1")
        there.work(passing=20, turns=5)
        assert ends(there, number) == {"up": FAILED, "usual": StepState.AWAITING}


@pytest.mark.parametrize("after", [timedelta(hours=1), timedelta(hours=30)])
def test_a_restart_changes_nothing(tmp_path: Path, after: timedelta) -> None:
    """Before its moment it goes on waiting; when the moment was slept through, it is called at once."""
    account, time = AccountConfig(HERE.account, "123456789012", (HERE.region,)), Time()
    stage = Stage([(up(), down(needs=("up",), after_a_while=TWO_HOURS))])
    with house(tmp_path, [account], time=time) as before, staged(before, stage) as there:
        number = there.asked("/play run 1")
        there.work(passing=20)
        is_up = time.at
    time.at += after
    with house(tmp_path, [account], time=time) as again, staged(again, stage) as there:
        there.work()
        assert (stage.called == ["up"]) is (after < TWO_HOURS)
        time.at = max(time.at, is_up + TWO_HOURS)
        there.work(turns=2, passing=20)
        assert ends(there, number) == {"up": DONE, "down": DONE}


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(minutes=-5)])
def test_a_clock_that_is_set_back_makes_it_later_and_never_earlier(at_home: House, jump: timedelta) -> None:
    stage = Stage([(up(), down(not_before=EVENING))])
    with staged(at_home, stage) as there:
        number = there.asked("/play run 1")
        there.work(passing=20)
        there.time.at += jump
        there.work()
        assert stage.called == ["up"]
        there.time.at = EVENING
        there.work(turns=2, passing=20)
        assert there.operation(number).state is State.DONE
