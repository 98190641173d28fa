"""A state with something in every table, in a file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Integer,
    insert,
    null,
)

from bot.audit.anchor import Anchors
from bot.audit.seal import seal_all
from bot.keeping.rows import TABLES
from bot.store.database import Database
from bot.store.instant import Instant, Moment
from tests.house import KEY
from tests.new_database import put_new_database

NOW = datetime(2026, 11, 21, 3, 0, 0, 123456, tzinfo=UTC)
TEXT = "停止 “%s” ' \\ \n😀"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Its address; its audit key lies beside it."""
    put_new_database(tmp_path)
    url = f"sqlite:///{tmp_path}/toban.db"
    (tmp_path / "toban.audit-key").write_bytes(KEY)
    (tmp_path / "toban.audit-key").chmod(0o600)
    db = Database(url)
    db.write(_fill)
    newest = db.write(lambda tx: seal_all(tx, KEY))
    db.close()
    Anchors(tmp_path / "toban.audit-anchor").keep(newest, NOW)
    return url


def _fill(tx: Connection) -> None:
    for table in TABLES:
        if table.name != "seals":
            for number in (1, 2, 3):
                tx.execute(insert(table).values({one.name: _value(one, number) for one in table.columns}))


def _value(column: Column[Any], number: int) -> object:
    if column.foreign_keys or column.name == "id" or isinstance(column.type, Integer):
        return number
    match column.type:
        case JSON():
            return [
                {"what": [TEXT, 1.0, None]},
                None if column.nullable else 1,
                null() if column.nullable else {},
            ][number - 1]
        case Moment() | Instant():
            return NOW
        case Boolean():
            return number % 2 == 0
        case BigInteger():
            return 2**40 + number
        case _:
            return f"{TEXT[: 3 if (getattr(column.type, 'length', None) or 99) < 20 else 99]}{number}"
