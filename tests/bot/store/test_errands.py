"""Who makes an operation wait for a worker leaves word of it, in the same transaction, on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.operation import State
from bot.store import errands, operations
from bot.store.database import Database
from tests.bot.store.rows import LEASE, ask, claimed
from tests.new_database import put_on, url_in
from tests.postgres import Server

NOW = datetime.now(UTC)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def db(postgres: Server, tmp_path: Path) -> Iterator[Database]:
    url = put_on(postgres, tmp_path)
    made = Database(url_in(tmp_path))
    yield made
    made.close()
    postgres.give_back(url)


def asked(db: Database, line: str = "ec2 list") -> int:
    return db.write(lambda tx: operations.ask(tx, ask(line, line)))


def left(db: Database) -> list[tuple[object, ...]]:
    """The errands: queue, operation, and whether it is for later."""
    query = text(
        "select queue_name, (args ->> 'number')::int, scheduled_at is not null from procrastinate_jobs"
        " where status = 'todo' order by id"
    )
    return [tuple(row) for row in db.read(lambda tx: tx.execute(query).all())]


def do(db: Database, statement: str) -> None:
    db.write(lambda tx: tx.execute(text(statement)))


def test_an_ask_leaves_one_and_what_stops_something_is_in_a_hurry(db: Database) -> None:
    usual, hurried = asked(db), asked(db, "toban cancel 1")
    assert left(db) == [(errands.USUAL, usual, False), (errands.HURRIED, hurried, False)]


def test_an_ask_that_is_refused_leaves_none(db: Database) -> None:
    number = asked(db)
    with pytest.raises(operations.AlreadyAsked):
        asked(db)
    assert left(db) == [(errands.USUAL, number, False)]


def test_each_way_to_wake_leaves_one_and_who_lets_go_without_leaves_none(db: Database) -> None:
    number = asked(db)
    held = claimed(db, number)
    do(db, "delete from procrastinate_jobs")
    db.write(lambda tx: operations.move(tx, number, State.WAITING, NOW, wake=LATER))
    db.write(lambda tx: operations.move(tx, number, State.QUEUED, NOW, wake=NOW))
    db.write(lambda tx: operations.move(tx, number, State.RUNNING, NOW))
    db.write(lambda tx: operations.ask_to_cancel(tx, number, "U0SATO", NOW))
    db.write(lambda tx: operations.ask_to_cancel(tx, number, "U0SATO", NOW))
    db.write(lambda tx: operations.wake(tx, [number], NOW))
    db.write(lambda tx: operations.release(tx, held, LATER))
    db.write(lambda tx: operations.release(tx, held, None))
    assert [later for _, _, later in left(db)] == [True, False, False, False, True]


def test_what_is_due_without_one_gets_one_once_nobody_holds_it(db: Database) -> None:
    number, then = asked(db), datetime.now(UTC) + timedelta(days=1)
    assert not db.read(lambda tx: errands.are_lost(tx, then))
    do(db, "delete from procrastinate_jobs")
    claimed(db, number, at=then)
    assert not db.read(lambda tx: errands.are_lost(tx, then))
    then += LEASE + timedelta(seconds=1)
    assert db.read(lambda tx: errands.are_lost(tx, then))
    db.write(lambda tx: errands.leave_lost(tx, then))
    db.write(lambda tx: errands.leave_lost(tx, then))
    assert left(db) == [(errands.USUAL, number, False)]


def test_what_a_dead_worker_had_in_hand_is_cleared_away_and_it_does_not_count(db: Database) -> None:
    asked(db)
    assert db.read(errands.workers) == 0
    do(db, "insert into procrastinate_workers default values")
    do(db, "select procrastinate_fetch_job_v2(array['operations'], (select id from procrastinate_workers))")
    db.write(errands.forget_dead)
    assert db.read(errands.workers) == 1
    do(db, "update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")
    assert db.read(errands.workers) == 0
    db.write(errands.forget_dead)
    remain = text("select count(*) from procrastinate_jobs")
    assert db.read(lambda tx: tx.execute(remain).scalar()) == 0
