"""Everything goes from a file to a server and back, and is what it was, letter by letter."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.keeping import console
from bot.keeping.rows import TABLES
from bot.store.closed_door import DatabaseInUse, NotKept
from bot.store.database import Database
from bot.store.schema import audit
from tests.bot.store.rows import NOW, opened
from tests.house import KEY
from tests.postgres import Server

ENVIRON = {"TOBAN_AUDIT_KEY": KEY.decode()}


@pytest.fixture
def server_url(postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    return postgres.new()


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows as SQLite stores them."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as db:
        return {
            one.name: sorted(map(tuple, db.execute(f"select * from {one.name}")), key=str) for one in TABLES
        }


def test_there_and_back_it_is_what_it_was(url: str, server_url: str, tmp_path: Path) -> None:
    before = everything(url)
    assert all(before.values())
    said = console.copy({}, url, server_url)
    assert (
        f"of {len(TABLES)} tables were copied. 3 of 3 lines of the audit log are sealed, and whole." in said
    )
    assert "The audit key is in" in said
    assert (tmp_path / "var").exists()  # the anchors went along
    back = f"sqlite:///{tmp_path}/back.db"
    console.copy(ENVIRON, server_url, back)
    assert everything(back) == before


def test_what_comes_next_is_numbered_on(url: str, server_url: str) -> None:
    console.copy({}, url, server_url)
    db = Database(server_url)
    assert opened(db, "the next") == 4
    db.close()


def test_a_database_that_is_not_empty_is_left_as_it_is(url: str, server_url: str) -> None:
    console.copy({}, url, server_url)
    with pytest.raises(NotKept, match=r"there is something in .* name one that is empty"):
        console.copy({}, url, server_url)


def test_nobody_works_on_it_meanwhile(url: str, server_url: str, tmp_path: Path) -> None:
    db = Database(url)
    with pytest.raises(DatabaseInUse):
        console.copy({}, url, server_url)
    db.close()
    console.copy({}, url, server_url)
    db = Database(server_url)
    with pytest.raises(NotKept, match="connections of toban are open there: stop every toban first"):
        console.copy(ENVIRON, server_url, f"sqlite:///{tmp_path}/back.db")
    db.close()


def test_what_a_server_cannot_store_is_said_and_nothing_is_copied(url: str, server_url: str) -> None:
    db = Database(url)
    row = {one.name: "" for one in audit.c} | {"id": 9, "at": NOW, "detail": "a\0b"}
    db.write(lambda tx: tx.execute(insert(audit).values(row | {"operation": None, "batch": None})))
    db.close()
    with pytest.raises(NotKept, match="it was not copied, and there is nothing of it in the other database"):
        console.copy({}, url, server_url)
    other = Database(server_url)
    assert opened(other, "first") == 1
    other.close()


@pytest.mark.parametrize("there", ["postgres://h/d", "toban.db", "sqlite://"])
def test_an_address_that_is_none_is_said(url: str, there: str) -> None:
    with pytest.raises(NotKept, match="the address of a database: "):
        console.copy({}, url, there)


def test_without_the_audit_key_nothing_is_copied(url: str, tmp_path: Path) -> None:
    (tmp_path / "toban.audit-key").unlink()
    with pytest.raises(NotKept, match="set TOBAN_AUDIT_KEY"):
        console.copy({}, url, f"sqlite:///{tmp_path}/other.db")
