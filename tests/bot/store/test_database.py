"""One writer that commits in groups: fast, in order, and nobody pays for another's mistake."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError

from bot.store import approvals
from bot.store.database import PASSED, TOGETHER, Database, DatabaseInUse, Write
from tests.bot.store.rows import NOW


def keys(db: Database) -> list[str]:
    with db.engine.connect() as tx:
        place = "ctid" if db.is_shared else "rowid"
        return [key for (key,) in tx.exec_driver_sql(f"select key from deliveries order by {place}")]


def note(key: str) -> Callable[[Connection], None]:
    return lambda tx: approvals.deliver(tx, key, NOW)


def commits(db: Database) -> list[Connection]:
    """Grows by one with every commit from now on."""
    seen: list[Connection] = []
    event.listen(db.engine, "commit", seen.append)
    return seen


def broken(_tx: Connection) -> None:
    raise ValueError("a mistake of this one")


def queued(
    db: Database, pool: ThreadPoolExecutor, *, before: Callable[[], list[Future[None]]]
) -> list[Future[None]]:
    """Futures of writes that were all handed in while the writer was busy with another."""
    go = threading.Event()
    busy = pool.submit(db.write, lambda _tx: go.wait(10))
    while db._urgent or db._usual or not busy.running():
        time.sleep(0.001)
    handed = before()
    while len(db._urgent) + len(db._usual) < len(handed):
        time.sleep(0.001)
    go.set()
    busy.result()
    return handed


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(TOGETHER * 2) as made:
        yield made


def test_a_write_that_fails_takes_nobody_with_it(db: Database, pool: ThreadPoolExecutor) -> None:
    changes = [note("a"), broken, note("b")]
    done = queued(db, pool, before=lambda: [pool.submit(db.write, change) for change in changes])
    assert [type(one.exception()) for one in done] == [type(None), ValueError, type(None)]
    assert sorted(keys(db)) == ["a", "b"]


def test_what_a_failed_write_had_written_is_gone(db: Database) -> None:
    def half(tx: Connection) -> None:
        note("half")(tx)
        raise ValueError("and then this")

    with pytest.raises(ValueError, match="and then this"):
        db.write(half)
    assert keys(db) == []


def test_whose_three_seconds_are_running_goes_first(db: Database, pool: ThreadPoolExecutor) -> None:
    def all_at_once() -> list[Future[None]]:
        usual = [pool.submit(db.write, note(f"usual-{n}")) for n in range(5)]
        while len(db._usual) < 5:
            time.sleep(0.001)
        return [*usual, pool.submit(db.write, note("urgent"), urgent=True)]

    for one in queued(db, pool, before=all_at_once):
        one.result()
    assert keys(db)[0] == "urgent"


def test_whose_three_seconds_are_running_joins_the_commit_under_way(
    db: Database, pool: ThreadPoolExecutor
) -> None:
    """It waits for one commit, not for two."""

    begun = threading.Event()

    def under_way(tx: Connection) -> None:
        begun.set()
        note("usual")(tx)
        for _ in range(10_000):
            if db._urgent:
                return
            time.sleep(0.001)

    committed = commits(db)
    usual = pool.submit(db.write, under_way)
    begun.wait(10)
    db.write(note("urgent"), urgent=True)
    usual.result()
    assert keys(db) == ["usual", "urgent"]
    assert len(committed) == 1


def test_nobody_whose_three_seconds_are_running_pays_for_strangers(
    db: Database, pool: ThreadPoolExecutor
) -> None:
    """Its commit takes no usual write along."""
    seen: list[list[str]] = []

    def usual(_tx: Connection) -> None:
        seen.append(keys(db))

    def both() -> list[Future[None]]:
        return [pool.submit(db.write, usual), pool.submit(db.write, note("urgent"), urgent=True)]

    for one in queued(db, pool, before=both):
        one.result()
    assert seen == [["urgent"]]


def test_urgent_writes_without_end_do_not_keep_the_others_waiting(
    db: Database, pool: ThreadPoolExecutor
) -> None:
    """After a few commits of urgent ones alone, a usual one goes along."""
    last = TOGETHER * (PASSED + 2)
    chain: list[Future[None]] = []

    def urgent(number: int) -> Callable[[Connection], None]:
        def change(tx: Connection) -> None:
            note(f"{number}")(tx)
            if number < last:  # so that one always waits
                done: Future[None] = Future()
                db._urgent.append(Write(urgent(number + 1), done, urgent=True))
                chain.append(done)

        return change

    def both() -> list[Future[None]]:
        usual = pool.submit(db.write, note("usual"))
        while not db._usual:
            time.sleep(0.001)
        return [usual, pool.submit(db.write, urgent(1), urgent=True)]

    for one in queued(db, pool, before=both):
        one.result(10)
    for one in chain:
        one.result(10)
    assert len(chain) == last - 1
    assert keys(db).index("usual") < TOGETHER * (PASSED + 1)


def test_writes_that_come_together_share_a_commit(db: Database, pool: ThreadPoolExecutor) -> None:
    """A commit that reaches the disk costs about 2 ms; forty must not cost forty times that."""
    committed = commits(db)
    for one in queued(db, pool, before=lambda: [pool.submit(db.write, note(f"{n}")) for n in range(40)]):
        one.result()
    assert len(keys(db)) == 40
    assert len(committed) <= 2


def test_what_was_written_is_read_by_everybody_at_once(db: Database) -> None:
    db.write(note("here"))
    assert keys(db) == ["here"]


def test_a_write_inside_a_write_is_refused(db: Database) -> None:
    with pytest.raises(RuntimeError, match="a write inside a write"):
        db.write(lambda _tx: db.write(note("inner")))


@pytest.mark.sqlite
def test_a_second_process_is_refused_with_the_files_name(db: Database) -> None:
    with pytest.raises(DatabaseInUse, match=r"toban\.db"):
        Database(str(db.url))


@pytest.mark.sqlite
def test_what_waits_at_the_end_is_still_written(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path}/toban.db")
    made.write(lambda tx: tx.exec_driver_sql("create table t (n)"))
    with ThreadPoolExecutor(20) as pool:
        done = [
            pool.submit(made.write, lambda tx: tx.exec_driver_sql("insert into t values (1)"))
            for _ in range(20)
        ]
        for one in done:
            one.result()
        made.close()
    again = Database(f"sqlite:///{tmp_path}/toban.db")
    with again.engine.connect() as tx:
        assert tx.exec_driver_sql("select count(*) from t").scalar() == 20
    again.close()


@pytest.mark.sqlite
def test_a_database_that_is_closed_takes_no_writes(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path}/toban.db")
    made.close()
    with pytest.raises(RuntimeError, match="closed"):
        made.write(lambda _tx: None)


@pytest.mark.sqlite
def test_every_commit_reaches_the_disk(db: Database) -> None:
    """WAL with synchronous=FULL: an acknowledged ask survives the machine's power."""
    with db.engine.connect() as tx:
        assert tx.exec_driver_sql("pragma synchronous").scalar() == 2
        assert tx.exec_driver_sql("pragma journal_mode").scalar() == "wal"
        assert tx.exec_driver_sql("pragma foreign_keys").scalar() == 1


@pytest.mark.sqlite
def test_who_shared_a_transaction_that_the_database_gave_up_is_told_so(
    db: Database, pool: ThreadPoolExecutor
) -> None:
    """SQLite undoes everything when the disk is full; a trigger that does the same stands for it here."""

    def prepare(tx: Connection) -> None:
        tx.exec_driver_sql("create table t (n)")
        tx.exec_driver_sql(
            "create trigger full before insert on t when new.n = 0 begin select raise(rollback, 'full'); end"
        )

    def in_company(tx: Connection) -> None:
        tx.exec_driver_sql("insert into t values (1)")
        while not db._usual:
            time.sleep(0.001)

    db.write(prepare)
    before = pool.submit(db.write, in_company)
    full = pool.submit(db.write, lambda tx: tx.exec_driver_sql("insert into t values (0)"))
    assert isinstance(before.exception(timeout=10), DBAPIError)
    assert isinstance(full.exception(timeout=10), DBAPIError)
    db.write(lambda tx: tx.exec_driver_sql("insert into t values (2)"))
    assert db.read(lambda tx: tx.exec_driver_sql("select n from t").scalars().all()) == [2]
