"""None left now: such a step is tried again by itself; and one bad one among many never blocks them."""

from dataclasses import replace
from datetime import timedelta
from math import ceil, log2

import pytest

from aws.errors import Refused
from aws.said import Said
from bot.command import Batch, Risk
from bot.flow.refusal import Fate, fate, pause
from bot.operation import State, StepState
from tests.bot.flow.crowd import cut, refused, throttled
from tests.bot.flow.rows import actions, row, step
from tests.bot.flow.stage import Stage, act, ends, staged
from tests.bot.flow.test_explain import Doctor, reason
from tests.house import House

NONE_LEFT = "InsufficientInstanceCapacity"
SCARCE = frozenset({NONE_LEFT})
MINUTES = timedelta(minutes=1)


def none_left() -> Refused:
    return Refused("starting", Said("there is no capacity in apne1-az1", code=NONE_LEFT))


def wants(batch: Batch, key: str) -> bool:
    return key in [one.key for one in batch.steps]


def start(*keys: str) -> Stage:
    """A plan of one call, in which there is no machine for the key "big"."""
    stage = Stage([tuple(map(act, keys))])
    stage.before = lambda batch: none_left() if wants(batch, "big") else None
    return stage


def test_the_others_start_at_once_and_the_scarce_one_waits_alone(at_home: House) -> None:
    stage = start("a", "big", "c", "d")
    with staged(at_home, stage, most=4, scarce=SCARCE) as there:
        number = there.asked("/play run 1")
        states = ends(there, number)
        assert states.pop("big") is StepState.PLANNED
        assert set(states.values()) == {StepState.DONE}
        assert "InsufficientInstanceCapacity" in reason(there, number, "big")


def test_it_starts_when_there_is_one_again(at_home: House) -> None:
    stage = start("a", "big")
    with staged(at_home, stage, most=2, scarce=SCARCE) as there:
        number = there.asked("/play run 1")
        stage.before = lambda _batch: None
        there.work(passing=29)
        assert "big" not in stage.on
        there.work(passing=1)
        there.work(passing=20)
        assert there.operation(number).state is State.DONE
        assert all(one.reason is None or "Insufficient" not in str(one.reason) for one in there.steps(number))


def test_when_its_time_is_over_it_has_failed_and_is_explained_once(at_home: House) -> None:
    doctor, stage = Doctor(), start("a", "big")
    with staged(at_home, stage, most=2, scarce=SCARCE, explain=doctor) as there:
        number, began = there.asked("/play run 1"), there.time.at
        while there.operation(number).state is State.RUNNING:
            there.work(passing=10)
        assert there.time.at - began == 10 * MINUTES
        assert (stage.called.count("big"), doctor.asked) == (1 + 6, [["big"]])
        assert ends(there, number) == {"a": StepState.DONE, "big": StepState.FAILED}
        assert reason(there, number, "big").endswith("apne1-az1 — the key is denied")


def test_its_own_time_limit_counts(at_home: House) -> None:
    stage = Stage([(act("big", within=2 * MINUTES),)], before=lambda _batch: none_left())
    with staged(at_home, stage, scarce=SCARCE) as there:
        number, began = there.asked("/play run 1"), there.time.at
        while there.operation(number).state is State.RUNNING:
            there.work(passing=10)
        assert there.time.at - began == 2 * MINUTES


def test_what_is_tried_again_is_no_override(at_home: House) -> None:
    """It waits for a machine, and nobody promised anybody an hour."""
    with staged(at_home, start("big"), scarce=SCARCE) as there:
        there.asked("/play run 1")
        assert list(there.path.ledger.held()) == []


def test_a_cancel_ends_the_trying(at_home: House) -> None:
    with staged(at_home, start("a", "big"), most=2, scarce=SCARCE) as there:
        number = there.asked("/play run 1")
        there.cancel(number)
        there.work()
        assert ends(there, number) == {"a": StepState.DONE, "big": StepState.SKIPPED}


def test_the_tries_are_half_a_minute_apart_then_twice_as_long_up_to_five() -> None:
    action = replace(actions()["ec2.stop"], within=20 * MINUTES)
    tried = [replace(row(step("i-1")), tries=tries) for tries in range(8)]
    pauses = [pause((one,), action) for one in tried]
    assert [one and one.total_seconds() for one in pauses] == [30, 60, 120, 240, 300, 300, 150, None]


@pytest.mark.parametrize(
    ("error", "rows", "means"),
    [
        (cut(), 1, Fate.UNCLEAR),
        (throttled(), 4, Fate.LATER),
        (Refused("copying", Said("20", code="ResourceLimitExceeded")), 1, Fate.LATER),
        (none_left(), 4, Fate.HALVES),
        (none_left(), 1, Fate.ALONE),
        (refused(), 4, Fate.HALVES),
        (refused(), 1, Fate.OVER),
    ],
)
def test_what_a_no_means(error: Refused, rows: int, means: Fate) -> None:
    action = replace(actions()["ec2.stop"], scarce=SCARCE, risk=Risk.CHANGE)
    assert fate(action, tuple(row(step(f"i-{n}"), id=n) for n in range(rows)), error) is means


def test_one_bad_id_in_500_is_reported_and_499_start(at_home: House) -> None:
    keys = [f"i-{n:03}" for n in range(500)]
    stage = Stage([tuple(map(act, keys))])
    calls: list[int] = []

    def start_them(batch: Batch) -> Refused | None:
        calls.append(len(batch.steps))
        return refused() if wants(batch, "i-377") else None

    stage.before = start_them
    with staged(at_home, stage, most=200) as there:
        number = there.asked("/play run 1")
        states = ends(there, number)
        assert states.pop("i-377") is StepState.FAILED
        assert len(states) == 499
        assert set(states.values()) == {StepState.DONE}
    assert len(calls) <= ceil(500 / 200) + 2 * ceil(log2(200))
