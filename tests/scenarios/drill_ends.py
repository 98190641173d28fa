"""What has to be so when a failure test is over, whoever died meanwhile."""

from collections.abc import Mapping

from sqlalchemy import select

from bot.audit.seal import seal_all
from bot.audit.verify import verify
from bot.operation import ENDS, STEP_ENDS, State, StepState
from bot.store import drills
from bot.store.audit import Event
from bot.store.schema import audit
from commands.failover._recovered import RECOVERED
from tests.house import KEY
from tests.scenarios.drill_lives import OWN, Life, Lives
from tests.scenarios.every_field import Shown, different, shown, without

LATER = 30  # seconds that pass once more, in which nothing may happen
BAD = {StepState.FAILED, StepState.UNKNOWN}


def ends_well(lives: Lives, before: Mapping[str, Shown], *story: object, disturbed: bool = True) -> None:
    """Started once more, nothing is left to do: the estate as before, rows ended, the audit log whole."""
    with lives.open() as life:
        life.turn(LATER)
        life.turn(LATER)
        rows = [(row.step.key, row.state, str(row.reason)) for row in life.rows()]
        assert life.is_over(), (story, rows)
        assert life.operation().state is State.DONE or disturbed, (story, rows)
        _nothing_is_left(life, (story, rows))
        _never_broken_after_an_abort(life, (story, rows))
        _the_log_is_whole(life, (story, rows))
    after = shown(lives.aws)
    if lives.kind.gone:
        before, after = without(lives.named, before), without(lives.named, after)
    found = different(before, after)
    found = {path: how for path, how in found.items() if not lives.kind.may_differ(path)}
    assert not found, (found, story, rows)


def _nothing_is_left(life: Life, why: object) -> None:
    assert all(row.state in STEP_ENDS for row in life.rows()), why
    assert not [row for row in life.rows() if row.step.undoes and row.state in BAD], why
    every = life.house.path.db.read(lambda tx: drills.find(tx, open_only=True))
    assert not every, why
    assert life.operation().state in ENDS, why
    broken = [row for row in life.rows() if row.batch and not row.step.undoes and row.step.action not in OWN]
    said = [str(row.reason) for row in life.rows() if row.step.action == RECOVERED.name]
    assert not (broken and "nothing was broken" in said), why


def _never_broken_after_an_abort(life: Life, why: object) -> None:
    """No intent of a fault, nor that it is tried again, is in the log behind the abort."""
    number, undoing = life.number, {row.step.action for row in life.rows() if row.step.undoes}
    query = select(audit.c.event, audit.c.action).where(audit.c.operation == number).order_by(audit.c.id)
    lines = [tuple(line) for line in life.house.path.db.read(lambda tx: tx.execute(query).all())]
    events = [event for event, _ in lines]
    if Event.CANCELLED not in events:
        return
    behind = lines[events.index(Event.CANCELLED) :]
    faults = [name for event, name in behind if event == Event.STEP_INTENDED and name not in undoing]
    assert not [name for name in faults if name not in OWN], why


def _the_log_is_whole(life: Life, why: object) -> None:
    db = life.house.path.db
    db.write(lambda tx: seal_all(tx, KEY))
    verdict = db.read(lambda tx: verify(tx, KEY))
    assert not verdict.breaks, (verdict, why)
