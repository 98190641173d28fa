"""Several processes on one PostgreSQL: writers take turns; who loses the server is told, or goes on."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from bot.store import approvals, migrate, operations, postgresql
from bot.store.closed_door import CannotStore, DatabaseAway
from bot.store.database import Database
from bot.store.schema import deliveries
from tests.bot.store.rows import LEASE, NOW, opened
from tests.new_database import put_on, url_in
from tests.postgres import Server, server

Open = Callable[[], Database]


def note(key: str) -> Callable[[Connection], None]:
    return lambda tx: approvals.deliver(tx, key, NOW)


def keys(db: Database) -> list[str]:
    return db.read(lambda tx: list(tx.execute(select(deliveries.c.key).order_by(deliveries.c.key)).scalars()))


def opener(url: str, stack: ExitStack) -> Open:
    def open_() -> Database:
        made = Database(url)
        stack.callback(made.close)
        return made

    return open_


@pytest.fixture
def open_(postgres: Server, tmp_path: Path) -> Iterator[Open]:
    """A further process on the same database, as far as that knows."""
    url = put_on(postgres, tmp_path)
    with ExitStack() as stack:
        yield opener(url_in(tmp_path), stack)
    postgres.give_back(url)


def test_what_one_reads_before_it_writes_stays_so_until_it_has_written(open_: Open) -> None:
    """Three processes count and add, each forty times: no count is lost."""

    def add(tx: Connection) -> None:
        note(f"{len(tx.execute(select(deliveries.c.key)).all()):03}")(tx)

    with ThreadPoolExecutor(12) as pool:
        for one in [pool.submit(db.write, add) for db in [open_() for _ in range(3)] for _ in range(40)]:
            one.result(30)
    assert keys(open_()) == [f"{n:03}" for n in range(120)]


def test_of_three_that_claim_at_once_one_gets_each_operation(open_: Open) -> None:
    three = [open_() for _ in range(3)]
    numbers = [opened(three[0], f"trigger-{n}") for n in range(20)]
    with ThreadPoolExecutor(12) as pool:
        taken = [
            pool.submit(db.write, lambda tx: operations.claim(tx, NOW, "somebody", LEASE, 3))
            for db in three
            for _ in range(10)
        ]
        claims = [claim.number for one in taken for claim in one.result(30)]
    assert sorted(claims) == numbers


def test_replicas_that_start_together_bring_the_database_up_to_date_once(postgres: Server) -> None:
    url = postgres.new()
    with ExitStack() as stack, ThreadPoolExecutor(3) as pool:
        three = [opener(url, stack)() for _ in range(3)]
        for done in [pool.submit(migrate.up_to_date, db) for db in three]:
            done.result(60)
        assert opened(three[0]) == 1


def test_who_stands_still_in_the_middle_of_a_write_loses_it_and_the_others_go_on(
    open_: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a process does that was paused: nothing of it is written when it wakes up."""
    monkeypatch.setattr(postgresql, "SESSION", ("SET idle_in_transaction_session_timeout = '200ms'",))
    paused, other = open_(), open_()
    stands, wakes = threading.Event(), threading.Event()

    def stand_still(tx: Connection) -> None:
        note("before the pause")(tx)
        stands.set()
        wakes.wait(30)
        note("after it")(tx)

    with ThreadPoolExecutor(1) as pool:
        lost = pool.submit(paused.write, stand_still)
        stands.wait(10)
        other.write(note("meanwhile"))
        wakes.set()
        assert isinstance(lost.exception(10), CannotStore)
    paused.write(note("and on"))
    assert keys(other) == ["and on", "meanwhile"]


def test_connections_that_are_cut_are_made_anew(open_: Open, postgres: Server) -> None:
    db = open_()
    db.write(note("before"))
    postgres.run("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()")
    assert keys(db) == ["before"]
    postgres.run("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()")
    db.write(note("then"))
    assert keys(db) == ["before", "then"]


def test_a_server_that_goes_away_is_said_and_one_that_comes_back_is_found() -> None:
    with server() as own, ExitStack() as stack:
        url = own.new()
        open_ = opener(url, stack)
        db = open_()
        migrate.up_to_date(db)
        db.write(note("before"))
        own.stop()
        with pytest.raises(DBAPIError):
            db.write(note("while it is away"))
        with pytest.raises(DBAPIError):
            keys(db)
        with pytest.raises(DatabaseAway, match=r"cannot be reached: .* See whether the server runs"):
            open_()
        own.start()
        db.write(note("after"))
        assert keys(db) == ["after", "before"]


def test_nobody_waits_for_a_turn_without_end(open_: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "SESSION", ("SET lock_timeout = '200ms'",))
    one, other = open_(), open_()
    go = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(one.write, lambda _tx: go.wait(30))
        time.sleep(0.1)
        with pytest.raises(DBAPIError):
            other.write(note("late"))
        go.set()
        held.result()
    other.write(note("then"))
    assert keys(one) == ["then"]
