"""The SQLite file, looked at beside a bot that may run: nothing here writes, and nothing waits for a lock."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

BUSY_SECONDS = 2.0


class Unreadable(Exception):
    """SQLite cannot read the file; the message is its own."""


def version(file: Path) -> str:
    """The migration that the file stands at; "" for none.  Raises Unreadable."""
    with _opened(file) as db:
        if not db.execute("select 1 from sqlite_master where name = 'alembic_version'").fetchone():
            return ""
        row = db.execute("select version_num from alembic_version").fetchone()
        return str(row[0]) if row else ""


def oldest(file: Path) -> str:
    """The oldest toban that works on it, by the newest migration that it knows.  Raises Unreadable."""
    with _opened(file) as db:
        row = db.execute("select * from alembic_version").fetchone()
        return str(row[-1])  # `version_num`, and where somebody noted it `oldest`


def damage(file: Path) -> str:
    """What is wrong with it, "" for nothing ("PRAGMA quick_check", SQLite).  Raises Unreadable."""
    with _opened(file) as db:
        (said,) = db.execute("pragma quick_check(1)").fetchone()
        return "" if said == "ok" else str(said)


def is_sealed(file: Path) -> bool:
    """Whether anything in it was sealed with an audit key.  Raises Unreadable."""
    with _opened(file) as db:
        if not db.execute("select 1 from sqlite_master where name = 'seals'").fetchone():
            return False
        return db.execute("select 1 from seals limit 1").fetchone() is not None


def is_held(file: Path) -> bool:
    """Whether a toban process has it open, by its lock beside the file.  Raises OSError."""
    beside = Path(f"{file}.lock")
    if not beside.exists():
        return False
    try:
        with FileLock(beside, timeout=0):
            return False
    except Timeout:
        return True


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    try:
        uri = f"{file.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as db:
            yield db
    except sqlite3.Error as error:
        raise Unreadable(str(error)) from error
