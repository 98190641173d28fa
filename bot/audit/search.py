"""Looking things up in the audit log, newest first.

However long the log is and whatever is asked together, one index leads to what is shown: it is named here by
hand, since a database without statistics would guess, and on the wrong one look through half of the log.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, TextClause, select, text

from bot.store.schema import audit


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for; what is left empty is not asked about."""

    person: str = ""
    resource: str = ""
    operation: int | None = None
    since: datetime | None = None
    until: datetime | None = None  # up to, but not including
    outcome: str = ""
    event: str = ""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the audit log."""

    id: int
    at: datetime  # UTC
    event: str
    person: str
    door: str
    operation: int | None
    batch: int | None
    line: str
    plan_hash: str
    action: str
    account: str
    region: str
    resource: str
    outcome: str
    request_id: str
    detail: str


def search(tx: Connection, query: Query) -> list[Row]:
    """The newest rows that fit, newest first, at most `limit`."""
    return [Row(*each) for each in tx.execute(statement(query))]


def statement(query: Query) -> Select[Any]:
    """What finds them."""
    found = select(audit).where(*_asked(query, guided=True))
    return found.order_by(audit.c.at.desc(), audit.c.id.desc()).limit(query.limit)


def stream(tx: Connection, query: Query) -> Iterator[Row]:
    """Every row that fits, oldest first, without holding them all; the limit does not count here."""
    found = select(audit).where(*_asked(query, guided=False)).order_by(audit.c.id)
    return (Row(*each) for each in tx.execute(found.execution_options(yield_per=500)))


def _asked(query: Query, *, guided: bool) -> list[ColumnElement[bool] | TextClause]:
    """The conditions; guided, those that another one has made few enough are kept from the indexes."""
    leads = _leads(query) if guided else frozenset(_NAMES)
    asked = {name: getattr(query, name) for name in _NAMES}
    wanted: list[ColumnElement[bool] | TextClause] = [
        (audit.c[name] if name in leads else _unindexed(audit.c[name])) == value
        for name, value in asked.items()
        if value not in ("", None)
    ]
    if query.outcome:
        wanted.append(text("outcome != ''"))  # what the index of outcomes holds, as its migration says it
    if query.since is not None:
        wanted.append(audit.c.at >= query.since)
    if query.until is not None:
        wanted.append(audit.c.at < query.until)
    return wanted


_NAMES = ("operation", "resource", "person", "outcome", "event")


def _leads(query: Query) -> frozenset[str]:
    """The columns whose index is used: an operation has few lines, a resource too, a person many."""
    if query.operation is not None:
        return frozenset({"operation"})
    if query.resource:
        return frozenset({"resource"})
    return frozenset({"person", "outcome", "event"})


def _unindexed(column: Column[Any]) -> ColumnElement[Any]:
    """The same value, of which no index knows."""
    return column.concat("")
