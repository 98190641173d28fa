"""What the doctor sees of the database and its key, and what --fix may do about it."""

import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from sqlalchemy import text

from bot.audit import key
from bot.doctor import audit_key, database
from bot.doctor.finding import Finding, Health
from bot.doctor.fix import mended
from bot.doctor.sqlite_file import version
from bot.store import operations
from bot.store.database import Database
from bot.store.schema import HEAD
from tests.bot.doctor.conftest import Setup, only
from tests.bot.store.rows import ask
from tests.new_database import put_new_database, put_on

if TYPE_CHECKING:
    from tests.postgres import Server


def looked(setup: Setup) -> list[Finding]:
    return list(database.look(setup.patient.settings))


def executed(setup: Setup, statements: Sequence[str]) -> None:
    with closing(sqlite3.connect(setup.database)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def test_a_database_of_this_version_is_well(setup: Setup) -> None:
    put_new_database(setup.folder)
    assert "of this version" in only(looked(setup), Health.OK).what


def test_a_folder_that_is_not_there_is_made_by_fix_with_the_database_in_it(setup: Setup) -> None:
    setup.environment["TOBAN_DATABASE_URL"] = f"sqlite:///{setup.folder}/var/toban.db"
    found = only(looked(setup), Health.WARNING)
    assert f"{setup.folder}/var" in found.what
    assert "--fix" in found.do
    assert not (setup.folder / "var").exists()
    done = mended(setup.patient)
    assert done == [f"made the folder {setup.folder}/var", "brought the database up to date"]
    only(looked(setup), Health.OK)
    assert mended(setup.patient) == []


def test_an_older_database_is_migrated_by_fix(setup: Setup) -> None:
    setup.database.touch()
    found = only(looked(setup), Health.WARNING)
    assert "older version" in found.what
    assert mended(setup.patient) == ["brought the database up to date"]
    assert version(setup.database) == HEAD


def test_a_database_of_a_newer_toban_is_left_alone(setup: Setup) -> None:
    put_new_database(setup.folder)
    executed(setup, ["update alembic_version set version_num = '9999', oldest = '9999'"])
    found = only(looked(setup), Health.FAILED)
    assert "newer toban" in found.what
    assert "that version again" in found.do
    assert mended(setup.patient) == []


def test_a_database_of_a_newer_toban_that_this_one_works_on_is_well(setup: Setup) -> None:
    put_new_database(setup.folder)
    executed(setup, ["update alembic_version set version_num = '9999'"])
    assert "this one works on it, too" in only(looked(setup), Health.OK).what
    assert mended(setup.patient) == []


def test_a_file_that_is_no_database_says_how_to_put_a_copy_back(setup: Setup) -> None:
    setup.database.write_bytes(b"no database at all " * 100)
    found = only(looked(setup), Health.FAILED)
    assert "damaged" in found.what
    assert "newest copy" in found.do
    assert mended(setup.patient) == []


def test_a_file_with_a_broken_page_is_found_by_looking_through_it(setup: Setup) -> None:
    put_new_database(setup.folder)
    with setup.database.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 4096)
    found = only(looked(setup), Health.FAILED)
    assert "-wal" in found.do


def test_a_bot_that_runs_is_said_and_fix_keeps_its_hands_off(setup: Setup) -> None:
    put_new_database(setup.folder)
    executed(setup, ["update alembic_version set version_num = '0001'"])
    running = Database(f"sqlite:///{setup.database}")
    try:
        _old, held = looked(setup)
        assert held.health is Health.OK
        assert "has the database open" in held.what
        (done,) = mended(setup.patient)
        assert done.startswith("did not touch the database")
    finally:
        running.close()


def test_a_folder_that_may_not_be_written_in_is_a_failure(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    (setup.folder / "var").mkdir(mode=0o500)
    monkeypatch.setattr(os, "access", lambda _folder, _how: False)  # the tests' own user may be root
    setup.environment["TOBAN_DATABASE_URL"] = f"sqlite:///{setup.folder}/var/toban.db"
    found = only(looked(setup), Health.FAILED)
    assert "belong to the user" in found.do


class Usage(NamedTuple):
    """What the system says of a disk."""

    total: int
    used: int
    free: int


@pytest.mark.parametrize(("megabytes", "health"), [(600, Health.WARNING), (60, Health.FAILED)])
def test_a_disk_without_room_is_noticed_before_it_is_full(
    setup: Setup, monkeypatch: pytest.MonkeyPatch, megabytes: int, health: Health
) -> None:
    put_new_database(setup.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(0, 0, megabytes * 1_000_000))
    _whole, room = looked(setup)
    assert room.health is health
    assert f"{megabytes} MB" in room.what
    assert "Make room" in room.do


# -- on a server -------------------------------------------------------------------------------------


def served(setup: Setup, url: str) -> None:
    setup.environment |= {"TOBAN_DATABASE_URL": url, "TOBAN_AUDIT_KEY": "k" * 32}


def test_a_server_that_does_not_answer_is_said_without_its_password(setup: Setup) -> None:
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    served(setup, "postgresql+psycopg://toban:hush@127.0.0.1:9/toban")
    found = only(looked(setup), Health.FAILED)
    assert "“toban” at 127.0.0.1 cannot be reached" in found.what
    assert "TOBAN_DATABASE_URL" in found.do
    assert "hush" not in found.what + found.do
    assert mended(setup.patient) == []


def test_an_empty_database_on_a_server_is_made_by_fix(setup: Setup, postgres: "Server") -> None:
    served(setup, postgres.new())
    assert "older version" in only(looked(setup), Health.WARNING).what
    assert mended(setup.patient) == ["brought the database up to date"]
    assert "of this version" in only(looked(setup), Health.OK).what
    assert mended(setup.patient) == []


def test_commands_that_wait_while_nobody_works_are_a_failure(setup: Setup, postgres: "Server") -> None:
    served(setup, put_on(postgres, setup.folder))
    db = Database(setup.environment["TOBAN_DATABASE_URL"])
    db.write(lambda tx: operations.ask(tx, ask()))
    _, found = looked(setup)
    assert found.health is Health.FAILED
    assert "No worker of toban lives, and what people asked for waits (operations: 1)" in found.what
    assert "toban run --role worker" in found.do
    db.write(lambda tx: tx.execute(text("insert into procrastinate_workers default values")))
    only(looked(setup), Health.OK)
    db.close()


# -- the audit key -----------------------------------------------------------------------------------


def keyed(setup: Setup) -> list[Finding]:
    return list(audit_key.look(setup.patient.settings))


def key_file(setup: Setup) -> Path:
    return setup.database.with_suffix(".audit-key")


def test_a_key_that_was_not_made_yet_is_no_failure_and_none_is_made_by_looking(setup: Setup) -> None:
    put_new_database(setup.folder)
    only(keyed(setup), Health.OK)
    assert not key_file(setup).exists()


def test_a_key_that_is_gone_though_the_log_was_sealed_with_it_is_a_failure(setup: Setup) -> None:
    put_new_database(setup.folder)
    with closing(sqlite3.connect(setup.database)) as db:
        db.execute("pragma foreign_keys = off")
        db.execute("insert into seals (number, audit, hash) values (1, 1, x'00')")
        db.commit()
    found = only(keyed(setup), Health.FAILED)
    assert "gone" in found.what
    assert "Put toban.audit-key back" in found.do


def test_a_key_that_others_can_read_is_a_failure(setup: Setup) -> None:
    key.from_file(key_file(setup))
    only(keyed(setup), Health.OK)
    key_file(setup).chmod(0o644)
    assert "chmod 600" in only(keyed(setup), Health.FAILED).do


def test_a_key_in_the_environment_needs_no_file(setup: Setup) -> None:
    setup.environment["TOBAN_AUDIT_KEY"] = "k" * 32
    assert "TOBAN_AUDIT_KEY" in only(keyed(setup), Health.OK).what
