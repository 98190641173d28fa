"""The migrations make exactly the tables the code speaks of."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import IntegrityError

from bot.store import migrate
from bot.store.database import Database
from bot.store.schema import HEAD, metadata
from tests.bot.store.rows import opened


def test_nothing_differs_between_the_migrations_and_the_code(db: Database) -> None:
    """When this is red, write a migration."""
    with db.engine.connect() as tx:
        context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_the_code_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_database_that_is_up_to_date_is_left_alone(db: Database) -> None:
    number = opened(db)
    migrate.up_to_date(db)
    assert opened(db, "trigger-2") == number + 1


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    """All of it in one transaction: a table that is there already stops it before anything stays."""
    made = Database(f"sqlite:///{tmp_path}/toban.db")
    made.write(lambda tx: tx.exec_driver_sql("create table waits (x)"))
    with pytest.raises(Exception, match="waits"):
        migrate.up_to_date(made)
    with made.engine.connect() as tx:
        names = [
            name for (name,) in tx.exec_driver_sql("select name from sqlite_master where type = 'table'")
        ]
    made.close()
    assert names == ["waits"]


@pytest.mark.parametrize("change", ["update audit set person = 'x'", "delete from audit"])
def test_the_first_migration_sets_up_the_audit_logs_guard(db: Database, change: str) -> None:
    opened(db)
    with pytest.raises(IntegrityError, match="append-only"):
        db.write(lambda tx: tx.exec_driver_sql(change))
