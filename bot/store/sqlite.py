"""SQLite: one file, one process."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL

from bot.store.closed_door import DatabaseDamaged, DatabaseInUse

BEGIN = "BEGIN IMMEDIATE"  # a write that began as a read could be refused half way
LOOK = 0.25  # seconds that a start looks at the file for; `toban db check` looks at all of it
OPTIONS: dict[str, Any] = {}
WRITING: dict[str, Any] = {}


def hold(url: URL) -> Callable[[], None]:
    """Keep other processes away from the file; returns what lets go of it.

    Raises DatabaseInUse or DatabaseDamaged.
    """
    path = file_of(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(f"{path}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise DatabaseInUse(f"another toban process holds {path}") from error
    path.touch(mode=0o600)  # a new one is its owner's alone, and so is what SQLite lays beside it
    try:
        glance(path)
    except DatabaseDamaged:
        lock.release()
        raise
    return lock.release


def file_of(url: URL) -> Path:
    """The file."""
    return Path(url.database or "toban.db")


def prepare(engine: Engine) -> None:
    """Have every connection keep what is committed, and every transaction begin as it should."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's BEGIN below, not the driver's own
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA busy_timeout=5000")
        connection.execute("PRAGMA cache_size=-500")  # KiB; there are many, and the system keeps pages too

    @event.listens_for(engine, "begin")
    def _begin(tx: Connection) -> None:
        writes = tx.get_execution_options().get("toban_writes")
        tx.exec_driver_sql(BEGIN if writes else "BEGIN")


def glance(path: Path) -> None:
    """Look through the file for damage, for a moment only.  Raises DatabaseDamaged."""
    until = time.monotonic() + LOOK
    wrong = damage(path, "quick_check", lambda: time.monotonic() > until)
    if wrong:
        raise DatabaseDamaged(path, wrong)


def damage(path: Path, check: str = "integrity_check", enough: Callable[[], bool] = lambda: False) -> str:
    """What is wrong with the file, "" for nothing; what was not looked at when it was `enough` may be.

    Source: "PRAGMA integrity_check" and "PRAGMA quick_check", SQLite.
    """
    if not path.exists():
        return ""
    file = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)
    try:
        file.set_progress_handler(lambda: int(enough()), 10_000)
        (said,) = file.execute(f"PRAGMA {check}(1)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            return ""
        return str(error)
    except sqlite3.DatabaseError as error:  # "file is not a database", "database disk image is malformed"
        return str(error)
    finally:
        file.close()
    return "" if said == "ok" else str(said).splitlines()[-1]
