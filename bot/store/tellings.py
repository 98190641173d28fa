"""How operations went, in the words of their verbs: written once, at their ends."""

from typing import Any

from sqlalchemy import Connection, Row, insert, select

from bot import words
from bot.command import Told
from bot.plan import File
from bot.store.schema import tellings


def add(tx: Connection, operation: int, told: Told) -> None:
    """Store how it went.  Raises IntegrityError the second time."""
    file = told.file or File("", "")
    row = {
        "operation": operation,
        "summary": words.to_json(told.summary),
        "lines": [words.to_json(line) for line in told.lines],
        "well": told.well,
        "file_name": file.name,
        "file_text": file.text,
    }
    tx.execute(insert(tellings), row)


def of(tx: Connection, operation: int) -> Told | None:
    """How it went; None while it goes on, and of a verb that has no words of its own."""
    row = tx.execute(select(tellings).where(tellings.c.operation == operation)).first()
    return None if row is None else told(row)


def told(row: Row[Any]) -> Told:
    """What a row says."""
    return Told(
        summary=words.from_json(row.summary),
        lines=tuple(words.from_json(line) for line in row.lines),
        file=File(row.file_name, row.file_text) if row.file_name else None,
        well=row.well,
    )
