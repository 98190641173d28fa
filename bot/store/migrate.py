"""Bringing a database up to date; one that is needs no Alembic, which costs a third of a second."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.store.closed_door import DatabaseNewer
from bot.store.database import Database
from bot.store.schema import HEAD

MIGRATIONS = Path(__file__).with_name("migrations")


def up_to_date(db: Database) -> None:
    """Run the migrations that are missing, in one transaction.  Raises DatabaseNewer."""
    stands = db.read(version)
    if stands == HEAD:
        return
    if stands > HEAD:
        raise DatabaseNewer(stands, HEAD)
    from alembic import command  # noqa: PLC0415 - 300 ms that only a new or old database costs
    from alembic.config import Config  # noqa: PLC0415

    def upgrade(tx: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = tx
        command.upgrade(config, "head")

    db.write(upgrade)


def version(tx: Connection) -> str:
    """The migration that a database stands at; "" for none."""
    if not inspect(tx).has_table("alembic_version"):
        return ""
    return str(tx.execute(text("select version_num from alembic_version")).scalar() or "")
