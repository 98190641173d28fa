"""The database: many readers, one writer that commits in groups.

A commit that reaches the disk costs about 2 ms.  Writers that come at the same time therefore share
one: each runs in its own savepoint, so that one that fails takes nobody with it.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Transaction, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from bot.store import sqlite
from bot.store.closed_door import CannotStore, DatabaseInUse
from bot.store.kind import Kind

__all__ = ["Database", "DatabaseInUse"]

T = TypeVar("T")
TOGETHER = 64  # writes in one commit, so that nobody waits long for strangers
AGAIN = 2  # connections in a row that break before anything was done on them
PASSED = 8  # commits of urgent writes alone, one after the other: then a usual one goes first

Outcome = tuple[Any, BaseException | None]  # what a change returned, or raised


class Write(NamedTuple):
    """A change that waits for its commit."""

    change: Callable[[Connection], Any]
    done: Future[Any]
    urgent: bool


class Database:
    """toban's state; `read` and `write` run a function in one transaction."""

    def __init__(self, url: str, give_way: Callable[[], None] = lambda: None) -> None:
        """Open the database and start its writer.  Raises DatabaseInUse, DatabaseDamaged or DatabaseAway.

        What is not urgent first lets those who wait for an acknowledgement pass, by `give_way`.
        """
        self._give_way = give_way
        self.url = make_url(url)
        self._kind = _kind(self.url)
        self._let_go = self._kind.hold(self.url)
        # what is stored may be a secret, and errors are logged
        self.engine = create_engine(self.url, hide_parameters=True, **self._kind.OPTIONS)
        self._kind.prepare(self.engine)
        self._urgent: deque[Write] = deque()
        self._usual: deque[Write] = deque()
        self._something = threading.Condition()
        self._passed = 0  # commits that left usual writes waiting
        self._closing = False
        self._writer = threading.Thread(target=self._serve, name="writer", daemon=True)
        self._writer.start()

    @property
    def is_shared(self) -> bool:
        """Whether other processes may work on it beside this one."""
        return self._kind is not sqlite

    def read(self, look: Callable[[Connection], T]) -> T:
        """Run `look` on a snapshot of the database."""
        self._give_way()
        try:
            return self._look(look)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            return self._look(look)  # the server was started anew meanwhile: once more, on a new connection

    def _look(self, look: Callable[[Connection], T]) -> T:
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
        self._let_go()

    def _serve(self) -> None:
        lost = 0
        while self._wait():
            try:
                with self.engine.connect() as tx:
                    lost = 0 if self._serve_on(tx) else lost
            except DBAPIError as error:  # there is no connection, or no transaction to be had on it
                lost = lost + 1 if error.connection_invalidated else AGAIN
                if lost >= AGAIN:
                    self._refuse(error)

    def _serve_on(self, connection: Connection) -> int:
        """Write for as long as this connection is one; returns how many commits that were."""
        tx = connection.execution_options(toban_writes=True, **self._kind.WRITING)
        commits = 0
        while not tx.invalidated and self._wait():
            try:
                begun = tx.begin()
            except DBAPIError:
                tx.invalidate()
                if commits:
                    return commits  # mostly the server was started anew meanwhile
                raise
            self._commit_together(tx, begun)
            commits += 1
        return commits

    def _refuse(self, error: Exception) -> None:
        with self._something:
            waiting = [*self._urgent, *self._usual]
            self._urgent.clear()
            self._usual.clear()
        for write in waiting:
            write.done.set_exception(error)

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

    def _commit_together(self, tx: Connection, begun: Transaction) -> None:
        taken: list[Write] = []
        outcomes: list[Outcome] = []
        try:
            with begun:
                while (write := self._next(taken)) is not None:
                    taken.append(write)
                    outcomes.append(self._run(tx, write, alone=len(taken) == 1))
        except Exception as error:  # noqa: BLE001 - all is undone, at a full disk for example: for all of them
            outcomes = [(None, error)] * len(taken)
        self._passed = self._passed + 1 if all(write.urgent for write in taken) else 0
        told = sorted(zip(taken, outcomes, strict=True), key=lambda each: not each[0].urgent)
        for write, (result, failed) in told:
            if failed is None:
                write.done.set_result(result)
            else:
                write.done.set_exception(failed)

    def _run(self, tx: Connection, write: Write, *, alone: bool) -> Outcome:
        """One write that fails alone: in its own savepoint, or as the first of its transaction.

        Plain SQL, since SQLAlchemy's nested transactions cost more.  Raises CannotStore when the
        database gave up the whole transaction, the savepoint with it.
        """
        if not alone:
            tx.exec_driver_sql("SAVEPOINT one")
        try:
            result, failed = write.change(tx), None
        except Exception as error:
            if tx.invalidated:  # with all that was written on it
                raise CannotStore("", None, error, connection_invalidated=True) from error
            result, failed = None, error
            tx.exec_driver_sql("ROLLBACK" if alone else "ROLLBACK TO one")
            if alone:
                tx.exec_driver_sql(self._kind.BEGIN)
        if not alone:
            tx.exec_driver_sql("RELEASE one")
        return result, failed


def _kind(url: URL) -> Kind:
    if url.get_backend_name() == "sqlite":
        return sqlite
    from bot.store import postgresql  # noqa: PLC0415 - its driver, that others do without

    return postgresql
