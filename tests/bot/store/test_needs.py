"""What holds a step back, and what may go out now: reckoned whenever a step moves."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from aws.account import Place
from bot.operation import STEP_ENDS, StepState
from bot.plan import Step
from bot.store import batches, needs, ready, steps
from bot.store.batches import Intent
from bot.store.database import Database
from bot.store.ready import START, Lane
from bot.store.schema import steps as table
from tests.bot.store.rows import NOW, opened, step

PLACE = Place("dev", "ap-northeast-1")
LANE = Lane("ec2.stop", PLACE)
NOT_DONE = sorted(STEP_ENDS - {StepState.DONE})


def stored(db: Database, *planned: Step) -> int:
    number = opened(db)
    db.write(lambda tx: steps.add(tx, number, planned))
    return number


def moved(db: Database, number: int, key: str, to: StepState, *, called: bool = True) -> None:
    """The step of this key got there, by a call or without one."""
    (row,) = [row for row in db.read(lambda tx: steps.rows(tx, number)) if row.step.key == key]
    intents = [Intent(LANE.action, PLACE, f"token-{row.id}-{to}")]
    by = db.write(lambda tx: batches.intend(tx, number, intents, NOW))[0].id if called else None
    db.write(lambda tx: tx.execute(update(table).where(table.c.id == row.id).values(state=to, batch=by)))
    db.write(lambda tx: needs.reckon(tx, [row.id], NOW))


def ready_now(db: Database, number: int, most: int = 200) -> list[str]:
    rows = db.read(lambda tx: ready.ready(tx, number, LANE, START, most))
    return [row.step.key for row in rows]


def is_lost(db: Database, number: int) -> bool:
    return db.read(lambda tx: ready.is_lost(tx, number))


@pytest.mark.parametrize("state", [StepState.SENT, StepState.AWAITING])
def test_what_is_needed_must_be_done_and_not_only_called(db: Database, state: StepState) -> None:
    number = stored(db, step("a"), replace(step("b"), needs=("a",)))
    moved(db, number, "a", state)
    assert (ready_now(db, number), is_lost(db, number)) == ([], False)
    moved(db, number, "a", StepState.DONE)
    assert ready_now(db, number) == ["b"]


@pytest.mark.parametrize("state", NOT_DONE)
def test_what_needs_something_that_will_not_be_done_is_lost(db: Database, state: StepState) -> None:
    """Nothing is deleted whose replacement is not complete."""
    number = stored(db, step("a"), step("z"), replace(step("b"), needs=("z", "a")))
    moved(db, number, "a", state)
    moved(db, number, "z", StepState.DONE)
    assert (ready_now(db, number), is_lost(db, number)) == ([], True)
    lost = db.read(lambda tx: needs.lost(tx, number, 10))
    assert [key for key, _kind in lost.values()] == ["a"]


@pytest.mark.parametrize("state", [StepState.AWAITING, *sorted(STEP_ENDS)])
def test_what_is_followed_has_only_to_be_over(db: Database, state: StepState) -> None:
    number = stored(db, step("a"), replace(step("b"), follows=("a",)))
    moved(db, number, "a", StepState.SENT)
    assert ready_now(db, number) == []
    moved(db, number, "a", state, called=state is not StepState.SKIPPED)
    assert ready_now(db, number) == ["b"]


@pytest.mark.parametrize("state", [StepState.AWAITING, *sorted(STEP_ENDS - {StepState.SKIPPED})])
def test_what_was_called_is_undone_however_it_went(db: Database, state: StepState) -> None:
    number = stored(db, step("a"), replace(step("b"), undoes="a", needs=("a",)))
    moved(db, number, "a", state)
    assert ready_now(db, number) == ["b"]


@pytest.mark.parametrize("state", sorted(STEP_ENDS))
def test_what_was_never_called_needs_no_undoing(db: Database, state: StepState) -> None:
    number = stored(db, step("a"), replace(step("b"), undoes="a"))
    moved(db, number, "a", state, called=False)
    assert (ready_now(db, number), is_lost(db, number)) == ([], True)


def test_a_group_is_read_whole(db: Database) -> None:
    """All volumes of an instance go into one call, however few steps are read at a time."""
    grouped = [replace(step(key), group="i-1") for key in "bde"]
    number = stored(db, step("a"), grouped[0], step("c"), *grouped[1:], step("f"))
    assert ready_now(db, number, most=4) == ["a", "c", "f", "b", "d", "e"]


def test_reading_goes_on_where_it_stopped(db: Database) -> None:
    number = stored(db, *(step(key) for key in "abcde"))
    first = db.read(lambda tx: ready.ready(tx, number, LANE, START, 2))
    rest = db.read(lambda tx: ready.ready(tx, number, LANE, ready.cursor(first), 10))
    assert [row.step.key for row in (*first, *rest)] == list("abcde")


def test_lanes_are_what_is_ready_by_action_and_place(db: Database) -> None:
    abroad = replace(step("b"), target=replace(step("b").target, region="us-east-1"))
    number = stored(db, step("a"), abroad, replace(step("c"), action="ec2.start", needs=("a",)))
    found = db.read(lambda tx: ready.lanes(tx, number))
    assert set(found) == {LANE, Lane("ec2.stop", Place("dev", "us-east-1"))}
