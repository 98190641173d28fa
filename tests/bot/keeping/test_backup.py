"""A copy beside a bot that runs: whole, or none; a damaged file is noticed and said."""

import sqlite3
import threading
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.keeping.backup import back_up
from bot.store import approvals
from bot.store.closed_door import DatabaseDamaged, NotKept
from bot.store.database import Database
from bot.store.sqlite import damage
from tests.bot.configs import LEAST
from tests.bot.store.rows import NOW
from tests.house import KEY


def keys(file: Path) -> int:
    with closing(sqlite3.connect(file)) as db:
        return int(db.execute("select count(*) from deliveries").fetchone()[0])


def test_a_copy_beside_a_bot_that_writes_is_whole_and_one_file(url: str, tmp_path: Path) -> None:
    db, enough, copied = Database(url), threading.Event(), tmp_path / "copy.db"

    def write() -> None:
        number = 0
        while not enough.is_set():
            number += 1
            db.write(partial(approvals.deliver, key=f"key {number}", at=NOW))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        verdict = back_up(url, KEY, copied)
    finally:
        enough.set()
        writer.join()
        db.close()
    assert (verdict.sealed, verdict.breaks, damage(copied)) == (3, (), "")
    assert 3 <= keys(copied) <= keys(tmp_path / "toban.db")
    assert sorted(one.name for one in tmp_path.glob("copy.db*")) == ["copy.db"]
    assert copied.stat().st_mode & 0o077 == 0


def test_a_copy_is_a_database_that_a_bot_opens(url: str, tmp_path: Path) -> None:
    back_up(url, KEY, tmp_path / "copy.db")
    db = Database(f"sqlite:///{tmp_path}/copy.db")
    db.write(lambda tx: approvals.deliver(tx, "another", NOW))
    db.close()
    assert keys(tmp_path / "copy.db") == 4


def test_a_file_that_is_there_is_not_written_over(url: str, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("something else")
    with pytest.raises(NotKept, match="already: name another file"):
        back_up(url, KEY, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "something else"


def test_a_copy_that_cannot_be_written_leaves_nothing(url: str, tmp_path: Path) -> None:
    with pytest.raises(NotKept, match="could not be written"):
        back_up(url, KEY, tmp_path / "nowhere" / "copy.db")
    assert not list(tmp_path.glob("**/*.part"))


def test_a_log_that_was_changed_is_said_with_the_copy(url: str, tmp_path: Path) -> None:
    """What is broken already is copied as it is: the copy may be needed all the more."""
    with closing(sqlite3.connect(tmp_path / "toban.db")) as db, db:
        db.execute("drop trigger audit_keeps_values")
        db.execute("update audit set person = 'x' where id = 2")
    assert [one.row for one in back_up(url, KEY, tmp_path / "copy.db").breaks] == [2]


# -- damage ------------------------------------------------------------------------------------------


def hurt(file: Path) -> None:
    """Write over what lies in the middle of the file."""
    with closing(sqlite3.connect(file)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
    with file.open("r+b") as pages:
        pages.seek(4096 * 4)
        pages.write(b"\xa5" * 4096 * 3)


def test_a_damaged_file_is_noticed_at_the_start_with_what_to_do(url: str, tmp_path: Path) -> None:
    hurt(tmp_path / "toban.db")
    for _ in range(2):  # the file is let go of
        with pytest.raises(
            DatabaseDamaged, match=r"is damaged \(.*\), .* put the newest copy that `toban db backup`"
        ):
            Database(url)
    with pytest.raises(DatabaseDamaged):
        back_up(url, KEY, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_what_is_no_database_is_noticed_too(tmp_path: Path) -> None:
    (tmp_path / "toban.db").write_bytes(b"no database at all" * 1000)
    with pytest.raises(DatabaseDamaged, match="file is not a database"):
        Database(f"sqlite:///{tmp_path}/toban.db")


# -- the console -------------------------------------------------------------------------------------


def toban(tmp_path: Path, url: str, *words: str) -> tuple[int, str, str]:
    (tmp_path / "toban.toml").write_text(LEAST, encoding="utf-8")
    environ = {"TOBAN_CONFIG": str(tmp_path / "toban.toml"), "TOBAN_DATABASE_URL": url}
    done = CliRunner().invoke(main, ["db", *words], env=environ)
    return done.exit_code, done.stdout, done.stderr


def test_the_console_says_how_it_went(url: str, tmp_path: Path) -> None:
    file = str(tmp_path / "copy.db")
    code, said, _ = toban(tmp_path, url, "backup", file)
    assert (code, said.startswith(f"{file}: "), "toban.audit-key: keep it elsewhere" in said) == (
        0,
        True,
        True,
    )
    code, _, wrong = toban(tmp_path, url, "backup", file)
    assert (code, "name another file" in wrong) == (2, True)
    assert toban(tmp_path, url, "check")[:2] == (
        0,
        "The database is whole. 3 of 3 lines of the audit log are sealed, and whole.\n",
    )
    code, said, _ = toban(tmp_path, url, "copy", url, f"sqlite:///{tmp_path}/other.db")
    assert (code, "tables were copied" in said) == (0, True)
    hurt(tmp_path / "toban.db")
    code, _, wrong = toban(tmp_path, url, "check")
    assert (code, "is damaged" in wrong) == (2, True)
