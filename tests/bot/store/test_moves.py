"""The tables of moves in bot.operation are what the database allows, and nothing else."""

import pytest

from aws.account import Place
from bot.operation import ENDS, MOVES, STEP_MOVES, BatchState, IllegalMove, State, StepState
from bot.store import batches, operations, steps
from bot.store.batches import Answer, Intent
from bot.store.database import Database
from tests.bot.store.rows import NOW, claimed, opened, planned

PAIRS = [(source, target) for source in State for target in State]
STEP_PAIRS = [(source, target) for source in StepState for target in StepState]


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_an_operation_moves_as_the_table_says(db: Database, source: State, target: State) -> None:
    number = opened(db, state=source)
    if target in MOVES.get(source, ()):
        db.write(lambda tx: operations.move(tx, number, target, NOW))
        after = target
    else:
        with pytest.raises(IllegalMove):
            db.write(lambda tx: operations.move(tx, number, target, NOW))
        after = source
    found = db.read(lambda tx: operations.get(tx, number))
    assert found is not None
    assert found.state is after


@pytest.mark.parametrize(("source", "target"), STEP_PAIRS)
def test_a_step_moves_as_the_table_says(db: Database, source: StepState, target: StepState) -> None:
    """Back to PLANNED leads a way of its own: the call was certainly not carried out."""
    number = opened(db)
    ids = planned(db, number, "a", source)
    allowed = target in STEP_MOVES.get(source, ())
    if allowed:
        db.write(lambda tx: steps.move(tx, ids, target, NOW))
    else:
        with pytest.raises(IllegalMove):
            db.write(lambda tx: steps.move(tx, ids, target, NOW))
    (row,) = db.read(lambda tx: steps.rows(tx, number))
    assert row.state is (target if allowed else source)


def test_steps_move_all_or_none(db: Database) -> None:
    number = opened(db)
    ids = planned(db, number, "abc")
    db.write(lambda tx: steps.move(tx, ids[2:], StepState.DONE, NOW))
    with pytest.raises(IllegalMove, match="2 of 3"):
        db.write(lambda tx: steps.move(tx, ids, StepState.SENT, NOW))
    assert db.read(lambda tx: steps.counts(tx, number)) == {StepState.PLANNED: 2, StepState.DONE: 1}


def test_a_call_has_one_outcome(db: Database) -> None:
    number = opened(db)
    place = Place("dev", "ap-northeast-1")
    intents = [Intent("ec2.stop", place, "token"), Intent("ec2.stop", place, "another")]
    batch, _other = made = db.write(lambda tx: batches.intend(tx, number, intents, NOW))
    assert [one.token for one in made] == ["token", "another"]
    db.write(lambda tx: batches.answer(tx, BatchState.ANSWERED, [Answer(one) for one in made], NOW))
    with pytest.raises(IllegalMove):
        db.write(lambda tx: batches.answer(tx, BatchState.REFUSED, [Answer(batch)], NOW))
    with pytest.raises(IllegalMove):
        db.write(lambda tx: batches.try_again(tx, batch, NOW))
    assert db.read(lambda tx: batches.intended(tx, number)) == ()


@pytest.mark.parametrize("end", sorted(ENDS))
def test_an_end_has_its_time_and_nobody_holds_it(db: Database, end: State) -> None:
    source = next(state for state, targets in MOVES.items() if end in targets)
    number = opened(db, state=source)
    claimed(db, number)
    db.write(lambda tx: operations.move(tx, number, end, NOW))
    with db.engine.connect() as tx:
        row = tx.exec_driver_sql("select ended, wake, lease_owner, lease_until from operations").one()
    assert row.ended is not None
    assert (row.wake, row.lease_owner, row.lease_until) == (None, "", None)
