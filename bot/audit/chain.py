"""The chain: every seal is a keyed hash of the seal before it and of one row as it is stored.

Rows are hashed from their stored columns, not from what Python makes of them, so that a change that
would read the same is found too.  Moments have one form on SQLite and PostgreSQL.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Text, func, select, type_coerce

from bot.store.schema import audit, seals

GENESIS = "0" * 64
"""What stands before the first seal."""

Digest: TypeAlias = Callable[[str, Sequence[object]], str]


@dataclass(frozen=True, slots=True)
class Seal:
    """One link of the chain."""

    number: int  # 1, 2, 3 … without a gap
    row: int  # the id of the audit row
    hash: str  # 64 hexadecimal digits


def stored_columns(tx: Connection) -> list[ColumnElement[Any]]:
    """The columns of `audit` as they are stored, `at` as "2026-11-21 23:07:49.000000" in UTC."""
    return [_moment(tx) if column is audit.c.at else column for column in audit.c]


def digest(key: bytes) -> Digest:
    """The hash of a row after another seal's hash: HMAC-SHA256 over both."""
    keyed = hmac.new(key, digestmod=hashlib.sha256)
    encode = json.JSONEncoder(separators=(",", ":"), default=_odd).encode

    def hashed(previous: str, row: Sequence[object]) -> str:
        one = keyed.copy()
        one.update(previous.encode())
        one.update(encode(list(row)).encode())
        return one.hexdigest()

    return hashed


def last_seal(tx: Connection) -> Seal | None:
    """The newest seal, or None before the first."""
    newest = select(seals.c.number, seals.c.audit, seals.c.hash).order_by(seals.c.number.desc()).limit(1)
    found = tx.execute(newest).one_or_none()
    return Seal(*found) if found else None


def _moment(tx: Connection) -> ColumnElement[Any]:
    if tx.dialect.name == "sqlite":
        return type_coerce(audit.c.at, Text)
    return func.to_char(func.timezone("UTC", audit.c.at), "YYYY-MM-DD HH24:MI:SS.US")


def _odd(value: object) -> object:
    """Whatever else a column of SQLite may hold once somebody wrote to it by hand."""
    return {type(value).__name__: value.hex() if isinstance(value, bytes) else str(value)}
