"""toban's database, read beside it: while it runs, and at the end."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.operation import ENDS
from bot.store.closed_door import DatabaseAway
from bot.store.visit import visit
from tests.chaos.effects import Intent

T = TypeVar("T")
Rows = list[tuple[Any, ...]]
PATIENCE = 60.0  # seconds until the database is expected back
_ENDED = ", ".join(f"'{state}'" for state in ENDS)


class Books:
    """Reads; each thread over a connection of its own."""

    def __init__(self, url: str) -> None:
        """Nothing is read yet."""
        self._url, self._own = url, threading.local()
        self._all: list[Connection] = []

    def rows(self, query: str, **values: object) -> Rows:
        """What is committed, as soon as the database can be asked."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self.at_once(query, **values)
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def at_once(self, query: str, **values: object) -> Rows:
        """What is committed.  Raises OSError when the database cannot be asked now."""
        try:
            with self._connection().begin():
                return [tuple(row) for row in self._connection().execute(text(query), values)]
        except (DBAPIError, DatabaseAway) as error:
            self._forget()
            raise OSError(str(error)) from error

    def intents(self, ids: Sequence[str], tokens: Sequence[str]) -> list[Intent]:
        """What the audit log tells about these, each with its batch."""
        found: Rows = []
        for query, named in ((_BY_TOKEN, tokens), (_BY_ID, ids), (_BY_RESULT, ids)):
            for one in named:
                found += self.at_once(query, one=one)
        return [Intent(batch, action, operation, _moment(at)) for batch, action, operation, at in found]

    def count(self, query: str) -> int:
        """The one number that is asked for."""
        return int(self.rows(query)[0][0])

    def asked(self) -> int:
        """How many operations there are."""
        return self.count("select count(*) from operations")

    def under_way(self) -> int:
        """How many have not ended."""
        return self.count(f"select count(*) from operations where state not in ({_ENDED})")

    def unsent(self) -> int:
        """How many letters wait."""
        return self.count("select count(*) from outbox where next_try is not null")

    def _connection(self) -> Connection:
        if getattr(self._own, "open", None) is None:
            self._own.open = visit(self._url)
            self._all.append(self._own.open)
        made: Connection = self._own.open
        return made

    def close(self) -> None:
        """Nobody reads any more."""
        for each in self._all:
            quietly(each.close)

    def _forget(self) -> None:
        broken = getattr(self._own, "open", None)
        self._own.open = None
        if broken is not None:
            quietly(broken.invalidate)
            quietly(broken.close)


def quietly(do: Callable[[], object]) -> None:
    """Do it; a connection that is gone need not be closed."""
    with suppress(DBAPIError):
        do()


def _moment(at: object) -> datetime:
    """SQLite keeps moments as text."""
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    assert isinstance(at, datetime)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


_BY_ID = (
    "select batch, action, operation, at from audit"
    " where event = 'step.intended' and resource = :one and batch is not null order by id desc limit 1000"
)
_BY_TOKEN = (
    "select a.batch, a.action, a.operation, a.at from batches b"
    " join audit a on a.operation = b.operation and a.batch = b.id and a.event = 'step.intended'"
    " where b.token = :one limit 1"
)
_BY_RESULT = (
    "select a.batch, a.action, a.operation, a.at from steps s"
    " join audit a on a.operation = s.operation and a.event = 'step.intended' and a.batch is not null"
    " where s.result = :one"
)
