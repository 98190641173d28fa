"""Carrying all of the state to another database: from a file to a server, or back."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from bot.audit.anchor import Anchors
from bot.audit.verdict import Verdict
from bot.audit.verify import verify
from bot.keeping.rows import TABLES, count, count_on, fill
from bot.store import migrate, sqlite
from bot.store.closed_door import NotKept
from bot.store.database import Database
from bot.store.schema import HEAD
from bot.store.visit import beside, visit


@dataclass(frozen=True, slots=True)
class Carried:
    """What was carried."""

    rows: int
    tables: int
    verdict: Verdict  # of the audit log, the same on both sides


def carry(here: str, there: str, key: bytes) -> Carried:
    """Copy everything from the one url to the other, in one transaction, and compare the audit logs.

    Nobody may work on either meanwhile.  Raises NotKept, or as Database does.
    """
    with closing(visit(here)) as source, _alone(source):
        carried = _into(there, source, key, Anchors(beside(here, ".audit-anchor")))
    _carry_anchors(here, there)
    return carried


def _into(there: str, source: Connection, key: bytes, anchors: Anchors) -> Carried:
    if migrate.version(source) != HEAD:
        raise NotKept(
            "the database to copy is not of this version: start this toban on it once, then copy it."
        )
    before = verify(source, key, anchors.read())
    db = Database(there)
    try:
        migrate.up_to_date(db)
        return db.write(lambda target: _all(source, target, before, key))
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise NotKept(
            f"it was not copied, and there is nothing of it in the other database: {said}"
        ) from error
    finally:
        db.close()


def _all(source: Connection, target: Connection, before: Verdict, key: bytes) -> Carried:
    for table in TABLES:
        if count(target, table):
            raise NotKept(
                f"there is something in {table.name} of the database to copy to: name one that is empty."
            )
    rows = sum(fill(source, target, table) for table in TABLES)
    for table in TABLES:
        count_on(target, table)
        if count(target, table) != count(source, table):
            raise NotKept(f"{table.name} did not arrive whole: nothing was copied. Try again.")
    after = verify(target, key)
    if (after.rows, after.sealed, after.last) != (before.rows, before.sealed, before.last):
        raise NotKept(
            "the audit log did not arrive as it is: nothing was copied. Verify it with `toban audit verify`."
        )
    return Carried(rows, len(TABLES), after)


@contextmanager
def _alone(source: Connection) -> Iterator[None]:
    """A file is held for so long; on a server whoever is connected says so."""
    if source.dialect.name == "sqlite":
        let_go = sqlite.hold(source.engine.url)
        try:
            yield
        finally:
            let_go()
        return
    query = text(
        "select count(*) from pg_stat_activity where datname = current_database()"
        " and application_name ~ '^toban( [0-9]+)?$' and pid <> pg_backend_pid()"
    )
    if others := source.execute(query).scalar():
        raise NotKept(f"{others} connections of toban are open there: stop every toban first.")
    yield


def _carry_anchors(here: str, there: str) -> None:
    """The log's anchors go along, where there are none yet."""
    source, target = beside(here, ".audit-anchor"), beside(there, ".audit-anchor")
    if source.exists() and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
