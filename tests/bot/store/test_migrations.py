"""The migrations make exactly the tables the code speaks of."""

import json
from dataclasses import replace
from functools import partial
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from aws.account import Place
from bot.canonical import step_to_json
from bot.operation import StepState
from bot.plan import Step
from bot.store import (
    cost_schema,  # noqa: F401 - its tables join the others
    drill_schema,  # noqa: F401 - so do these
    event_schema,  # noqa: F401 - so do these
    migrate,
    ready,
    steps,
)
from bot.store.database import Database
from bot.store.ready import START, Lane
from bot.store.schema import HEAD, metadata
from tests.bot.store.rows import NOW, opened, step
from tests.new_database import put_on, url_in
from tests.postgres import Server


def test_nothing_differs_between_the_migrations_and_the_code(db: Database) -> None:
    """When this is red, write a migration."""
    with db.engine.connect() as tx:
        opts = {"compare_type": not db.is_shared, "compare_server_default": True, "include_name": is_ours}
        assert compare_metadata(MigrationContext.configure(tx, opts=opts), metadata) == []


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Procrastinate's tables are its own."""
    return kind != "table" or not str(name).startswith("procrastinate")


def test_procrastinates_tables_are_those_of_the_version_that_is_installed() -> None:
    """When this is red, write a migration that makes of the former tables the new ones."""
    known = import_module("bot.store.migrations.versions.0011_errands").PROCRASTINATE
    own = files("procrastinate.sql").joinpath("migrations").iterdir()
    assert max(each.name for each in own if each.name.endswith(".sql")) == known


def test_text_is_of_any_length_and_in_one_order_wherever_the_server_stands(
    postgres: Server, tmp_path: Path
) -> None:
    """As SQLite keeps it; a length would refuse on the one what the other takes."""
    put_on(postgres, tmp_path)
    made = Database(url_in(tmp_path))
    query = text(
        "select data_type, collation_name from information_schema.columns where table_schema = 'public'"
        " and table_name <> 'alembic_version' and table_name not like 'procrastinate%'"
        " and data_type in ('text', 'character varying') group by 1, 2"
    )
    found = made.read(lambda tx: tx.execute(query).all())
    made.close()
    assert found == [("text", "C")]


def test_the_newest_migration_is_the_one_the_code_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_database_that_is_up_to_date_is_left_alone(db: Database) -> None:
    number = opened(db)
    migrate.up_to_date(db)
    assert opened(db, "trigger-2") == number + 1


@pytest.mark.sqlite
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


@pytest.mark.sqlite
def test_steps_that_are_under_way_at_an_upgrade_wait_for_what_they_waited_for(tmp_path: Path) -> None:
    """An operation that was approved before may run after: its steps' needs become rows."""
    made = Database(f"sqlite:///{tmp_path}/toban.db")
    made.write(lambda tx: _migrate(tx, "0002"))
    number = opened(made)
    for one in (step("a"), replace(step("b"), needs=("a",), group="i-1")):
        made.write(partial(_old_step, number, one))
    made.write(lambda tx: _migrate(tx, "head"))
    lane = Lane("ec2.stop", Place("dev", "ap-northeast-1"))
    first = made.read(lambda tx: ready.ready(tx, number, lane, START, 10))
    made.write(lambda tx: steps.move(tx, [row.id for row in first], StepState.DONE, NOW))
    then = made.read(lambda tx: ready.ready(tx, number, lane, START, 10))
    made.close()
    assert ([row.step.key for row in first], [row.step.key for row in then]) == (["a"], ["b"])


def _migrate(tx: Connection, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    config.attributes["connection"] = tx
    command.upgrade(config, to)


def _old_step(number: int, one: Step, tx: Connection) -> None:
    tx.exec_driver_sql(
        "insert into steps (operation, key, action, account, region, resource, body, state, result, chunk,"
        " tries) values (?, ?, 'ec2.stop', 'dev', 'ap-northeast-1', ?, ?, 'planned', '', 0, 0)",
        (number, one.key, one.key, json.dumps(step_to_json(one))),
    )
