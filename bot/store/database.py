"""The database: many readers, one writer that commits in groups.

A commit that reaches the disk costs about 2 ms.  Writers that come at the same time therefore share
one: each runs in its own savepoint, so that one that fails takes nobody with it.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

T = TypeVar("T")
TOGETHER = 64  # writes in one commit, so that nobody waits long for strangers
BEGIN = "BEGIN IMMEDIATE"  # a write that began as a read could be refused half way
PASSED = 8  # commits of urgent writes alone, one after the other: then a usual one goes first

Outcome = tuple[Any, BaseException | None]  # what a change returned, or raised


class Write(NamedTuple):
    """A change that waits for its commit."""

    change: Callable[[Connection], Any]
    done: Future[Any]
    urgent: bool


class DatabaseInUse(Exception):
    """Another toban process holds this database file."""


class Database:
    """toban's state; `read` and `write` run a function in one transaction."""

    def __init__(self, url: str, give_way: Callable[[], None] = lambda: None) -> None:
        """Open the database and start its writer.  Raises DatabaseInUse.

        What is not urgent first lets those who wait for an acknowledgement pass, by `give_way`.
        """
        self._give_way = give_way
        self.url = make_url(url)
        self._lock = _lock(self.url)
        self.engine = _engine(self.url)
        self._urgent: deque[Write] = deque()
        self._usual: deque[Write] = deque()
        self._something = threading.Condition()
        self._passed = 0  # commits that left usual writes waiting
        self._closing = False
        self._writer = threading.Thread(target=self._serve, name="writer", daemon=True)
        self._writer.start()

    def read(self, look: Callable[[Connection], T]) -> T:
        """Run `look` on a snapshot of the database."""
        self._give_way()
        with self.engine.connect() as tx:
            return look(tx)

    def write(self, change: Callable[[Connection], T], *, urgent: bool = False) -> T:
        """Run `change` and return its result once it is on the disk; its exception rolls it back alone.

        Urgent changes go before all others that wait: somebody's three seconds are running.
        """
        if threading.current_thread() is self._writer:
            raise RuntimeError("a write inside a write would wait for itself")
        if not urgent:
            self._give_way()
        done: Future[T] = Future()
        with self._something:
            if self._closing:
                raise RuntimeError("the database is closed")
            (self._urgent if urgent else self._usual).append(Write(change, done, urgent))
            self._something.notify()
        return done.result()

    def close(self) -> None:
        """Finish the writes that wait, then let go of the file."""
        with self._something:
            self._closing = True
            self._something.notify()
        self._writer.join()
        self.engine.dispose()
        self._lock.release()

    def _serve(self) -> None:
        with self.engine.connect().execution_options(toban_writes=True) as tx:
            while self._wait():
                self._commit_together(tx)

    def _wait(self) -> bool:
        """Until there is something to write; False when there will be nothing any more."""
        with self._something:
            self._something.wait_for(lambda: self._urgent or self._usual or self._closing)
            return bool(self._urgent or self._usual)

    def _next(self, taken: Sequence[Write]) -> Write | None:
        """The next write of this commit: all the urgent, usual ones only while no urgent one is in it.

        An urgent one that comes meanwhile joins what is under way: so it waits for one commit, not for two.
        """
        hurried = any(write.urgent for write in taken)
        owed = not taken and self._passed >= PASSED
        with self._something:
            if len(taken) >= TOGETHER:
                return None
            if self._urgent and not (self._usual and owed):
                return self._urgent.popleft()
            return self._usual.popleft() if self._usual and not hurried else None

    def _commit_together(self, tx: Connection) -> None:
        taken: list[Write] = []
        outcomes: list[Outcome] = []
        try:
            with tx.begin():
                while (write := self._next(taken)) is not None:
                    taken.append(write)
                    outcomes.append(_run(tx, write, alone=len(taken) == 1))
        except Exception as error:  # noqa: BLE001 - all is undone, at a full disk for example: for all of them
            outcomes = [(None, error)] * len(taken)
        self._passed = self._passed + 1 if all(write.urgent for write in taken) else 0
        told = sorted(zip(taken, outcomes, strict=True), key=lambda each: not each[0].urgent)
        for write, (result, failed) in told:
            if failed is None:
                write.done.set_result(result)
            else:
                write.done.set_exception(failed)


def _run(tx: Connection, write: Write, *, alone: bool) -> Outcome:
    """One write that fails alone: in its own savepoint, or as the first of its transaction.

    Plain SQL, since SQLAlchemy's nested transactions cost more.  Raises OperationalError when the
    database gave up the whole transaction, the savepoint with it.
    """
    if not alone:
        tx.exec_driver_sql("SAVEPOINT one")
    try:
        result, failed = write.change(tx), None
    except Exception as error:  # noqa: BLE001 - handed to whoever asked for the write
        result, failed = None, error
        tx.exec_driver_sql("ROLLBACK" if alone else "ROLLBACK TO one")
        if alone:
            tx.exec_driver_sql(BEGIN)
    if not alone:
        tx.exec_driver_sql("RELEASE one")
    return result, failed


def _lock(url: URL) -> FileLock:
    path = Path(url.database or "toban.db")
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(f"{path}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise DatabaseInUse(f"another toban process holds {path}") from error
    return lock


def _engine(url: URL) -> Engine:
    engine = create_engine(url, hide_parameters=True)  # what is stored may be a secret, and errors are logged

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's BEGIN below, not the driver's own
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA busy_timeout=5000")
        connection.execute("PRAGMA cache_size=-500")  # KiB; there are many, and the system keeps pages too

    @event.listens_for(engine, "begin")
    def _begin(tx: Connection) -> None:
        writes = tx.get_execution_options().get("toban_writes")
        tx.exec_driver_sql(BEGIN if writes else "BEGIN")

    return engine
