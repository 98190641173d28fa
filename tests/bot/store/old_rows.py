"""Rows as a database of any revision takes them: one in every table, with all the columns it has there.

What they say is what toban wrote, where it reads it again; the rest is a word, a number, a moment.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    DateTime,
    Integer,
    MetaData,
    Numeric,
    Row,
    Table,
    select,
)

from bot import words
from bot.canonical import plan_to_json, step_to_json
from bot.plan import Plan
from tests.bot.store.rows import NOW, step

NOT_OURS = ("alembic_version", "procrastinate", "sqlite_")
SAID = words.to_json(words.words("done"))
MEANT: Mapping[str, object] = {
    "asks.door": "slash",
    "asks.line": "ec2 stop tag:env=dev",
    "asks.language": "en",
    "operations.state": "done",
    "operations.plan": plan_to_json(Plan(words.words("stop 1 instance"))),
    "operations.could_approve": ["U0SUZUKI"],
    "steps.state": "done",
    "steps.body": step_to_json(step("i-1")),
    "step_needs.kind": "needs",
    "batches.state": "answered",
    "tellings.lines": [SAID],
    "chat_schedules.days": ["mon"],
    "chat_schedules.time": "09:00",
    "chat_schedules.zone": "Asia/Tokyo",
    "outbox.kind": "card",
    "outbox.picture": None,
    "audit.event": "step.ended",
    "troubles.severity": "info",
    "troubles.state": "open",
    "troubles.body": {
        "title": SAID,
        "facts": [SAID],
        "names": {},
        "offers": [],
        "metric": {},
        "ignorable": False,
        "starts": None,
        "mention": "",
        "context": [],
    },
    "events.envelope": "{}",
    "events.outcome": "late",
}


def shape(tx: Connection) -> MetaData:
    """The tables as they are now."""
    found = MetaData()
    found.reflect(tx, only=lambda name, _: not name.startswith(NOT_OURS))
    return found


def add(tx: Connection, tables: MetaData, number: int) -> None:
    """Put the row with this number into each of them, as code does that knows no other columns."""
    for table in tables.sorted_tables:
        values = {column.name: _value(column, number) for column in table.columns}
        tx.execute(table.insert(), values)


def rows(tx: Connection, tables: MetaData) -> dict[str, list[Row[Any]]]:
    """What is in these columns of theirs."""
    return {table.name: list(tx.execute(_all(table))) for table in tables.sorted_tables}


def _all(table: Table) -> Any:
    return select(*table.columns).order_by(*table.primary_key.columns)


def _value(column: "Column[Any]", number: int) -> object:
    name = f"{column.table.name}.{column.name}"
    if name in MEANT:
        return MEANT[name]
    for kind, value in _values(number):
        if isinstance(column.type, kind):
            return value
    return f"{column.name}-{number}"


def _values(number: int) -> Iterator[tuple[type, object]]:
    moment: datetime = NOW + timedelta(minutes=number)
    yield Boolean, False
    yield Integer, number
    yield Numeric, number
    yield DateTime, moment
    yield JSON, SAID
