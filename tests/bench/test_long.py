"""The rows of a long history are rows that toban reads."""

from sqlalchemy import func, select

from bot.audit.search import Query, search
from bot.operation import State
from bot.store import desk, vitals
from bot.store.database import Database
from bot.store.schema import audit
from tests.bench.replicas import idle
from tests.bench.replicas.long import LINES, RARE, READER, RUNNING, WAITING, Long
from tests.bench.replicas.search import queries
from tests.bench.replicas.stores import filled

SHORT = Long(200)


def test_what_is_filled_in_is_read_as_what_toban_wrote() -> None:
    with filled("sqlite", SHORT) as url:
        db = Database(url)
        lies = db.read(lambda tx: desk.of(tx, READER, 8, "failover.gate"))
        rare = db.read(lambda tx: search(tx, Query(person=RARE)))
        open_ = db.read(lambda tx: vitals.vitals(tx, SHORT.end)).open
        lines = db.read(lambda tx: tx.execute(select(func.count()).select_from(audit)).scalar_one())
        (figure,) = idle.figures(db, SHORT, "sqlite")
        db.close()
    assert (lies.waits, len(lies.waiting), lies.runs, len(lies.changed)) == (WAITING, 5, RUNNING, 8)
    assert lies.waiting[0].report.operation.plan is not None
    assert lies.waiting[0].report.steps[0].step.target.id
    assert len(rare) == 3 * LINES
    assert (open_[State.WAITING], open_[State.RUNNING]) == (WAITING, RUNNING)
    assert lines == SHORT.operations * LINES
    assert figure.value > 0


def test_every_combination_of_what_can_be_asked_is_searched() -> None:
    asked = list(queries(SHORT))
    assert len(set(asked)) == len(asked) == 4 * 3 * 4 * 5 * 4
