"""Running the migrations that are missing, and noting which older code still works beside them.

A file is one process's: all of them are one transaction.  On a server others may be at work.
"""

from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.store.database import Database

FIRST = "0010"
"""The oldest code that can be at work beside a newer one: before it, a database was one process's file."""


def upgrade(db: Database, migrations: Path) -> None:
    """Run what is missing.  Raises DatabaseBusy or OlderAtWork."""
    if not db.is_shared:
        db.write(lambda tx: run(tx, migrations))
        return
    from bot.store import upgrade_beside  # noqa: PLC0415 - a server's, that a file does without

    upgrade_beside.upgrade(db, migrations)


def run(tx: Connection, migrations: Path, to: str = "head") -> None:
    """Run the migrations up to this one in this transaction."""
    config = _config(migrations)
    config.attributes["connection"] = tx
    command.upgrade(config, to)
    _note(tx, serves(chain(migrations), to))


def chain(migrations: Path) -> Sequence[Script]:
    """The migrations there are, the first one first."""
    return list(ScriptDirectory.from_config(_config(migrations)).walk_revisions())[::-1]


def serves(scripts: Sequence[Script], at: str = "head") -> str:
    """The oldest code that works on a database which stands there: what the contracts up to there ask for."""
    until = scripts[-1].revision if at == "head" else at
    return max(FIRST, *(getattr(one.module, "oldest", "") for one in scripts if one.revision <= until))


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations))
    return config


def _note(tx: Connection, oldest: str) -> None:
    if "oldest" not in {column["name"] for column in inspect(tx).get_columns("alembic_version")}:
        tx.exec_driver_sql("alter table alembic_version add column oldest varchar(32) not null default ''")
    tx.execute(text("update alembic_version set oldest = :oldest"), {"oldest": oldest})
