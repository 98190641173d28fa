"""A copy of the SQLite file, made while a bot works on it, and looked through before it counts."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.audit.anchor import Anchors
from bot.audit.verdict import Verdict
from bot.audit.verify import verify
from bot.store.closed_door import DatabaseDamaged, NotKept
from bot.store.sqlite import damage
from bot.store.visit import beside, visit


def back_up(url: str, key: bytes, file: Path) -> Verdict:
    """Copy the database to a file that is not there yet; what its audit log is like.

    The copy gets its name only when SQLite finds it whole and its log is as whole as the database's.
    Raises NotKept, DatabaseDamaged or FileNotFoundError.
    """
    if not url.startswith("sqlite"):
        raise NotKept(
            "the state is on a server: have it copied there, with pg_dump or by whoever runs it; or stop"
            " toban and carry it to a file with `toban db copy`."
        )
    if file.exists():
        raise NotKept(f"there is a {file} already: name another file, or move it away.")
    with closing(visit(url)) as tx:
        before = verify(tx, key, Anchors(beside(url, ".audit-anchor")).read())
    draft = file.with_name(f"{file.name}.part")
    try:
        _copy(beside(url), draft)
        verdict = _looked_through(draft, key, before)
        os.replace(draft, file)
    except (OSError, sqlite3.Error) as error:
        raise NotKept(
            f"the copy {file} could not be written: {error}. See how much room its disk has."
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return verdict


def _copy(source: Path, target: Path) -> None:
    """All pages at once: in WAL mode nobody waits for whoever reads ("SQLite Backup API")."""
    target.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as now, closing(sqlite3.connect(target)) as then:
        now.backup(then)
        then.execute("PRAGMA journal_mode=DELETE")  # one file alone, until a bot opens it
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _looked_through(draft: Path, key: bytes, before: Verdict) -> Verdict:
    if wrong := damage(draft):
        raise DatabaseDamaged(draft, wrong)
    with closing(visit(f"sqlite:///{draft}")) as tx:
        verdict = verify(tx, key)
    if verdict.sealed < before.sealed or (verdict.breaks and not before.breaks):
        raise NotKept("the copy's audit log is not the database's: nothing was kept. Try again.")
    return verdict
