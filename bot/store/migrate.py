"""Bringing a database up to date; one that is needs no Alembic, which costs a third of a second.

A newer database is worked on as it is while this code is none too old for it: so old and new replicas work
side by side, and a bad version is taken back.  The rule, and how to write a migration:
docs/decisions/migrations.md.
"""

import logging
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.store.closed_door import DatabaseNewer
from bot.store.database import Database
from bot.store.schema import HEAD

log = logging.getLogger("toban.store")
_STANDS = text("select version_num from alembic_version")
MIGRATIONS = Path(__file__).with_name("migrations")


def up_to_date(db: Database) -> None:
    """Run the migrations that are missing.

    Raises DatabaseNewer, or on a server DatabaseBusy or OlderAtWork; nothing is half done then.
    """
    found = db.read(version)
    if found == HEAD:
        return
    if found < HEAD:
        from bot.store.upgrade import upgrade  # noqa: PLC0415 - Alembic, that only an old database needs

        upgrade(db, MIGRATIONS)
    elif db.read(oldest) > HEAD:
        raise DatabaseNewer(found, HEAD)
    else:
        log.info("works on a database of a newer toban, %s", found, extra={"action": "store.newer"})


def version(tx: Connection) -> str:
    """The migration that a database stands at; "" for none."""
    return stands(tx) if inspect(tx).has_table("alembic_version") else ""


def stands(tx: Connection) -> str:
    """The same, of one that has been brought up to date before."""
    return str(tx.execute(_STANDS).scalar() or "")


def oldest(tx: Connection) -> str:
    """The oldest code that works on it, by that code's newest migration; where nobody noted it, its own."""
    if "oldest" not in {column["name"] for column in inspect(tx).get_columns("alembic_version")}:
        return version(tx)
    return str(tx.execute(text("select oldest from alembic_version")).scalar())
