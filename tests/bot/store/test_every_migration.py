"""What holds for every migration: it is of the kind that it says, and one that was published stays."""

from collections.abc import Collection, Iterator
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from alembic.script import Script

from bot.store import migrate, upgrade
from bot.store.database import Database
from tests.bot.store.shapes import RECORDED, Line, breaks, indexes, recorded, shape, walk
from tests.new_database import put_new_database, url_in
from tests.on_both import KINDS

if TYPE_CHECKING:
    from tests.postgres import Server

CHAIN = upgrade.chain(migrate.MIGRATIONS)
EVERY = pytest.mark.parametrize("script", CHAIN, ids=lambda script: script.revision)
AGAIN = "`.venv/bin/python -m tests.bot.store.shapes` records a new one"


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with nothing in it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('empty')}/toban.db"
    else:
        server: Server = request.getfixturevalue("postgres")
        url = server.new()
    with closing(Database(url)) as db:
        yield db


@EVERY
def test_it_says_of_which_kind_it_is_and_a_contract_whom_it_leaves_behind(script: Script) -> None:
    """A contract may leave those behind only who did without what it takes: its release comes later."""
    kind, oldest = script.module.kind, getattr(script.module, "oldest", "")
    assert kind in {"expand", "contract"}
    if kind == "expand":
        assert oldest == ""
    else:
        assert upgrade.FIRST < oldest <= str(script.down_revision)
        assert oldest > upgrade.serves(CHAIN, str(script.down_revision))


def test_an_expansion_takes_nothing_from_older_code_and_asks_nothing_of_it(empty: Database) -> None:
    kinds = {script.revision: script.module.kind for script in CHAIN}
    for (_, before), (revision, after) in pairwise(walk(empty)):
        if kinds[revision] == "expand":
            assert breaks(before, after) == [], revision


def test_an_index_on_a_table_that_was_there_is_made_beside_the_writes_of_all(empty: Database) -> None:
    """In the migration itself all of them would wait for it: it belongs in `indexes`."""
    seen: dict[str, Collection[str]] = {}
    for script in CHAIN:
        empty.write(lambda tx, to=script.revision: upgrade.run(tx, migrate.MIGRATIONS, to))  # type: ignore[misc]
        now = empty.read(indexes)
        new = {name for table, names in now.items() for name in set(names) - set(seen.get(table, names))}
        if script.revision > upgrade.FIRST:
            assert new == {index.name for index in getattr(script.module, "indexes", ())}, script.revision
        seen = now


def test_those_that_were_published_make_what_they_made() -> None:
    """When only lines at the end are missing, record them; a line that changed is a published migration."""
    known = RECORDED.read_text(encoding="utf-8").splitlines()
    made = list(recorded())
    assert made[: len(known)] == known
    assert made[len(known) :] == [], AGAIN


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("alter table steps drop column chunk", "steps: column chunk INTEGER needed is gone, or another"),
        ("alter table steps rename column chunk to part", "steps: column chunk INTEGER needed is gone"),
        ("drop table tellings", "tellings: column file_name VARCHAR(200) needed is gone"),
        ("create unique index u on steps (resource)", "steps: unique u is asked of old code"),
        (
            "create trigger t before insert on steps begin select 1; end",
            "steps: guard t is asked of old code",
        ),
    ],
)
def test_what_takes_something_from_older_code_is_found(
    tmp_path_factory: pytest.TempPathFactory, statement: str, said: str
) -> None:
    folder = tmp_path_factory.mktemp("broken")
    put_new_database(folder)
    with closing(Database(url_in(folder))) as db:
        before = db.read(shape)
        db.write(lambda tx: tx.exec_driver_sql(statement))
        found = breaks(before, db.read(shape))
    assert any(one.startswith(said) for one in found), found


def test_a_column_that_must_be_given_is_asked_of_old_code_and_a_new_table_asks_nothing() -> None:
    old = Line("steps", "column", "id INTEGER needed", asks=True)
    new = Line("steps", "column", "colour TEXT needed", asks=True)
    other = Line("colours", "column", "id INTEGER needed", asks=True)
    assert breaks(frozenset({old}), frozenset({old, new, other})) == [f"{new} is asked of old code"]
