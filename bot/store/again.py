"""The line that a message tells of, so that somebody else can ask it again."""

import re

from sqlalchemy import Connection, bindparam, select

from bot.store import drills, operations, troubles
from bot.store.outbox import Mail
from bot.store.schema import outbox as mails
from bot.trouble import Trouble

_NUMBER = re.compile(r"\A(?:drill|trouble|call):(\d+)")


def line_at(tx: Connection, channel: str, ts: str) -> str:
    """The line; "" for a message that tells of none, or is none of ours."""
    row = tx.execute(_AT, {"moment": ts, "place": channel}).first()
    return _line(tx, row.kind, row.key, row.operation) if row is not None else ""


def _line(tx: Connection, kind: str, key: str, operation: int | None) -> str:
    """Of its operation; of a failure test; what an alarm's rule asked, or would have."""
    if operation is not None:
        return _asked(tx, operation)
    found = _NUMBER.match(key)
    if found is None:
        return ""
    number = int(found[1])
    if kind == Mail.DRILL:
        drill = drills.get(tx, number)
        return _asked(tx, drill.number) if drill else ""
    trouble = troubles.get(tx, number)
    return _of_trouble(tx, trouble) if trouble else ""


def _of_trouble(tx: Connection, trouble: Trouble) -> str:
    if trouble.operation is not None:
        return _asked(tx, trouble.operation)
    return trouble.unasked.line if trouble.unasked else ""


def _asked(tx: Connection, number: int) -> str:
    found = operations.get(tx, number)
    return found.ask.line if found else ""


_AT = select(mails.c.key, mails.c.kind, mails.c.operation).where(
    mails.c.ts == bindparam("moment"), mails.c.channel == bindparam("place")
)
