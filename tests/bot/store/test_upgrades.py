"""A database of every revision, with rows in all its tables, becomes one of today: nothing of it is lost.

And what a toban of that revision writes, a database of today still takes: this is what an older replica does
beside a newer one.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Connection

from bot.operation import State
from bot.store import (
    chat_schedules,
    events,
    glimpses,
    migrate,
    operations,
    outbox,
    schedules,
    steps,
    tellings,
    troubles,
    upgrade,
)
from bot.store.database import Database
from bot.store.schema import HEAD
from tests.bot.store import old_rows
from tests.on_both import KINDS

if TYPE_CHECKING:
    from tests.postgres import Server

REVISIONS = [one.revision for one in upgrade.chain(migrate.MIGRATIONS)]
READ: tuple[tuple[str, Callable[[Connection], object]], ...] = (
    ("operations", lambda tx: operations.get(tx, 1)),
    ("operations", lambda tx: glimpses.reports(tx, [1])),
    ("operations", lambda tx: operations.briefs(tx, [State.DONE])),
    ("steps", lambda tx: steps.some(tx, 1, 10)),
    ("outbox", lambda tx: outbox.get(tx, 1)),
    ("schedules", schedules.standings),
    ("tellings", lambda tx: tellings.of(tx, 1)),
    ("chat_schedules", chat_schedules.every),
    ("troubles", lambda tx: troubles.get(tx, 1)),
    ("events", lambda tx: events.newest(tx, 10)),
)
"""What finds something wherever there is a row of that table."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "empty" in metafunc.fixturenames:
        metafunc.parametrize("empty", KINDS, indirect=True)


@pytest.fixture
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with nothing in it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('old')}/toban.db"
    else:
        server: Server = request.getfixturevalue("postgres")
        url = server.new()
    with closing(Database(url)) as db:
        yield db


@pytest.mark.parametrize("revision", REVISIONS)
def test_nothing_of_an_old_database_is_lost_and_what_old_code_writes_is_taken(
    empty: Database, revision: str
) -> None:
    empty.write(lambda tx: upgrade.run(tx, migrate.MIGRATIONS, revision))
    tables = empty.read(old_rows.shape)
    empty.write(lambda tx: old_rows.add(tx, tables, 1))
    before = empty.read(lambda tx: old_rows.rows(tx, tables))
    migrate.up_to_date(empty)
    assert empty.read(migrate.version) == HEAD
    assert empty.read(lambda tx: old_rows.rows(tx, tables)) == before
    for table, read in READ:
        assert empty.read(read) or table not in before, table
    empty.write(lambda tx: old_rows.add(tx, tables, 2))
    after = empty.read(lambda tx: old_rows.rows(tx, tables))
    assert {table: len(found) for table, found in after.items()} == dict.fromkeys(before, 2)
