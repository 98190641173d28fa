"""The database: many readers, one writer that commits in groups.

A commit that reaches the disk costs about 2 ms.  Writers that come at the same time therefore share
one: each runs in its own savepoint, so that one that fails takes nobody with it.
"""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

T = TypeVar("T")
TOGETHER = 64  # writes in one commit, so that nobody waits long for strangers


class DatabaseInUse(Exception):
    """Another toban process holds this database file."""


class Database:
    """toban's state; `read` and `write` run a function in one transaction."""

    def __init__(self, url: str) -> None:
        """Open the database and start its writer.  Raises DatabaseInUse."""
        self.url = make_url(url)
        self._lock = _lock(self.url)
        self.engine = _engine(self.url)
        self._urgent: deque[tuple[Callable[[Connection], Any], Future[Any]]] = deque()
        self._usual: deque[tuple[Callable[[Connection], Any], Future[Any]]] = deque()
        self._something = threading.Condition()
        self._closing = False
        self._writer = threading.Thread(target=self._serve, name="writer", daemon=True)
        self._writer.start()

    def read(self, look: Callable[[Connection], T]) -> T:
        """Run `look` on a snapshot of the database."""
        with self.engine.connect() as tx:
            return look(tx)

    def write(self, change: Callable[[Connection], T], *, urgent: bool = False) -> T:
        """Run `change` and return its result once it is on the disk; its exception rolls it back alone.

        Urgent changes go before all others that wait: somebody's three seconds are running.
        """
        if threading.current_thread() is self._writer:
            raise RuntimeError("a write inside a write would wait for itself")
        done: Future[T] = Future()
        with self._something:
            if self._closing:
                raise RuntimeError("the database is closed")
            (self._urgent if urgent else self._usual).append((change, done))
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
            while changes := self._take():
                _commit_together(tx, changes)

    def _take(self) -> list[tuple[Callable[[Connection], Any], Future[Any]]]:
        with self._something:
            self._something.wait_for(lambda: self._urgent or self._usual or self._closing)
            waiting = [*self._urgent, *self._usual]
            taken, kept = waiting[:TOGETHER], waiting[TOGETHER:]
            self._urgent.clear()
            self._usual.clear()
            self._usual.extend(kept)
            return taken


def _commit_together(tx: Connection, changes: list[tuple[Callable[[Connection], Any], Future[Any]]]) -> None:
    outcomes: list[tuple[Future[Any], Any, BaseException | None]] = []
    try:
        with tx.begin():
            for change, done in changes:
                try:
                    with tx.begin_nested():
                        outcomes.append((done, change(tx), None))
                except Exception as error:  # noqa: BLE001 - handed to whoever asked for the write
                    outcomes.append((done, None, error))
    except Exception as error:  # noqa: BLE001 - the commit failed, a full disk for example: for all of them
        for _, done in changes:
            done.set_exception(error)
        return
    for done, result, failed in outcomes:
        if failed is None:
            done.set_result(result)
        else:
            done.set_exception(failed)


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
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's BEGIN below, not the driver's own
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA busy_timeout=5000")

    @event.listens_for(engine, "begin")
    def _begin(tx: Connection) -> None:
        writes = tx.get_execution_options().get("toban_writes")
        tx.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
