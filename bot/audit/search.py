"""Looking things up in the audit log, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

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
    before_id: int | None = None  # the id of the last row of the page before


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
    found = _asked(query).order_by(audit.c.id.desc()).limit(query.limit)
    return [Row(*each) for each in tx.execute(found)]


def stream(tx: Connection, query: Query) -> Iterator[Row]:
    """Every row that fits, oldest first, without holding them all; the limit does not count here."""
    found = _asked(query).order_by(audit.c.id).execution_options(yield_per=500)
    return (Row(*each) for each in tx.execute(found))


def _asked(query: Query) -> Select[Any]:
    asked = {
        audit.c.person: query.person,
        audit.c.resource: query.resource,
        audit.c.outcome: query.outcome,
        audit.c.event: query.event,
    }
    wanted = [column == value for column, value in asked.items() if value]
    if query.operation is not None:
        wanted.append(audit.c.operation == query.operation)
    if query.since is not None:
        wanted.append(audit.c.at >= query.since)
    if query.until is not None:
        wanted.append(audit.c.at < query.until)
    if query.before_id is not None:
        wanted.append(audit.c.id < query.before_id)
    return select(audit).where(*wanted)
