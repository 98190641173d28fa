"""A newer toban brings the database up to date while an older one works on it; and going back to that one."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot.store import migrate, operations, upgrade_beside
from bot.store.closed_door import CannotStore, DatabaseBusy, DatabaseNewer, OlderAtWork
from bot.store.database import Database
from bot.store.schema import HEAD
from tests.bot.store.next_migration import CONTRACTS, EXPANDS, NEXT, the_next_version
from tests.bot.store.rows import opened
from tests.new_database import ELSEWHERE, url_in
from tests.on_both import KINDS
from tests.postgres import Server

Connected = psycopg.Connection[Any]


@contextmanager
def started(tmp_path: Path) -> Iterator[Database]:
    """A toban that starts on the folder's database."""
    with closing(Database(url_in(tmp_path))) as db:
        migrate.up_to_date(db)
        yield db


@pytest.fixture
def old(postgres: Server, tmp_path: Path) -> Iterator[Database]:
    """A replica of this version, at work on a database that is thrown away afterwards."""
    (tmp_path / ELSEWHERE).write_text(postgres.new(), encoding="utf-8")
    with started(tmp_path) as db:
        yield db


@pytest.fixture(params=KINDS)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One with a database that is thrown away afterwards, of either kind."""
    made = tmp_path_factory.mktemp("either")
    if request.param != "sqlite":
        server: Server = request.getfixturevalue("postgres")
        (made / ELSEWHERE).write_text(server.new(), encoding="utf-8")
    return made


def connected(db: Database, name: str = "") -> Connected:
    """A connection that is no toban's."""
    where = make_url(str(db.url))
    return psycopg.connect(
        f"host={where.query['host']} user=toban dbname={where.database} application_name='{name}'"
    )


def test_the_older_one_goes_on_and_starts_again_beside_an_expansion(folder: Path) -> None:
    """So a bad version is taken back, too; on a file as on a server."""
    with started(folder) as old:
        first = opened(old)
        if old.is_shared:
            with the_next_version(folder, EXPANDS), started(folder) as new:
                assert opened(new, "trigger-2") == first + 1
                assert opened(old, "trigger-3") == first + 2
    with the_next_version(folder, EXPANDS), started(folder) as new:
        assert new.read(migrate.version) == NEXT
        last = opened(new, "trigger-4")
    with started(folder) as again:
        assert again.read(migrate.version) == NEXT
        assert opened(again, "trigger-5") == last + 1
        assert again.read(lambda tx: operations.asked(tx, "trigger-1")) == first


def test_after_a_contract_the_older_one_is_refused_in_words(folder: Path) -> None:
    with started(folder) as old:
        opened(old)
    with the_next_version(folder, CONTRACTS, kind="contract", oldest=NEXT), started(folder) as new:
        opened(new, "trigger-2")
    said = (
        rf"a newer toban works on this database \(it stands at {NEXT}, this one knows {HEAD}\), and no longer"
    )
    with pytest.raises(DatabaseNewer, match=said), started(folder):
        pass


def test_a_contract_waits_until_nobody_is_at_work_who_needs_what_it_takes(
    old: Database, tmp_path: Path
) -> None:
    opened(old)
    with the_next_version(tmp_path, CONTRACTS, kind="contract", oldest=NEXT):
        with pytest.raises(OlderAtWork, match=rf"an older toban \({HEAD}\) is at work"), started(tmp_path):
            pass
        opened(old, "trigger-2")
        assert old.read(migrate.version) == HEAD
        old.close()
        with started(tmp_path) as new:
            assert new.read(migrate.version) == NEXT


def test_who_was_away_during_a_contract_is_refused_when_it_comes_back(old: Database, tmp_path: Path) -> None:
    """Its connections were cut, so nobody saw it; it writes nothing into what it does not know."""
    cut = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = %s"
    with the_next_version(tmp_path, CONTRACTS, kind="contract", oldest=NEXT):
        new = Database(url_in(tmp_path))
        with closing(connected(old)) as looks:
            looks.execute(cut, (f"toban {HEAD}",))
        migrate.up_to_date(new)
    with pytest.raises(CannotStore, match="a newer toban works on this database"):
        opened(old)
    new.close()


@contextmanager
def upgrading(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """The next version starts in a thread; what is given returns when it has started, or raises."""

    def start() -> None:
        with started(tmp_path):
            pass

    with ThreadPoolExecutor(1) as pool:
        begun = pool.submit(start)
        yield lambda: begun.result(60)


def seen(tx: Connected, query: str) -> None:
    """Return when this finds something."""
    wait = threading.Event()
    while tx.execute(query.encode()).fetchone() is None:
        wait.wait(0.05)


def test_behind_somebody_who_reads_for_long_an_upgrade_does_not_stop_the_others(
    old: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade_beside, "PATIENCE", 2.0)
    without_index = EXPANDS.replace("indexes = (", "indexes = () and (")
    with (
        closing(connected(old, "pg_dump")) as reads,
        closing(connected(old)) as looks,
        the_next_version(tmp_path, without_index),
    ):
        looks.autocommit = True
        reads.execute("select * from steps")
        with upgrading(tmp_path) as result:
            seen(looks, "select 1 from pg_locks where not granted and mode = 'AccessExclusiveLock'")
            looks.execute("set lock_timeout = '8s'")  # behind a change that waited, this would wait for it
            assert looks.execute("select count(*) from steps").fetchone() == (0,)
            assert opened(old) == 1
            with pytest.raises(DatabaseBusy, match=r"“pg_dump” \(process \d+\) has been in it for \d+ s"):
                result()
        assert opened(old, "trigger-2") == 2
        reads.close()
        with started(tmp_path) as new:
            assert new.read(migrate.version) == NEXT


def test_an_index_is_made_beside_the_writes_of_all_and_one_that_was_left_half_made_is_made_anew(
    old: Database, tmp_path: Path
) -> None:
    with (
        closing(connected(old)) as looks,
        the_next_version(tmp_path, EXPANDS),
        closing(connected(old)) as writes,
    ):
        looks.autocommit = True
        looks.execute("create index ix_audit_next on audit (outcome)")
        looks.execute("update pg_index set indisvalid = false where indexrelid = 'ix_audit_next'::regclass")
        writes.execute(A_LINE)
        with upgrading(tmp_path) as result:
            seen(looks, WAITS)
            assert opened(old) == 1
            writes.commit()
            result()
        valid = "select indisvalid, indkey::text from pg_index where indexrelid = 'ix_audit_next'::regclass"
        assert looks.execute(valid).fetchone() == (True, "14 1")


A_LINE = (
    "insert into audit (at, event, person, door, line, plan_hash, action, account, region, resource,"
    " outcome, request_id, detail) values (now(), 'x', '', '', '', '', '', '', '', '', '', '', '')"
)
WAITS = (
    "select 1 from pg_stat_activity where query like '% index concurrently %' and state = 'active'"
    " and wait_event_type = 'Lock'"
)
