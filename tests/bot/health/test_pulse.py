"""The database answers within a second, by a read and a write, or it is away."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from bot.health.check import Stored
from bot.health.pulse import Pulse
from bot.operation import State
from bot.store.database import Database
from bot.store.schema import flags
from tests.new_database import put_new_database

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    put_new_database(tmp_path)
    made = Database(f"sqlite:///{tmp_path}/toban.db")
    yield made
    made.close()


@pytest.fixture
def pulse(db: Database) -> Iterator[Pulse]:
    made = Pulse(db, lambda: NOW, within=0.2)
    yield made
    made.close()


def taken(pulse: Pulse) -> Stored:
    found = pulse.take()
    assert isinstance(found, Stored), found
    return found


def test_each_pulse_writes_so_that_a_full_disk_is_noticed(db: Database, pulse: Pulse) -> None:
    assert taken(pulse).vitals.open == dict.fromkeys(
        (State.ASKED, State.WAITING, State.QUEUED, State.RUNNING), 0
    )
    taken(pulse)
    assert db.read(lambda tx: tx.execute(select(flags.c.name, flags.c.at)).all()) == [("beat", NOW)]


def test_a_break_of_the_audit_log_is_seen(db: Database, pulse: Pulse) -> None:
    assert not taken(pulse).audit_broken
    db.write(lambda tx: tx.execute(insert(flags).values(name="audit-break", value=["x"], at=NOW)))
    assert taken(pulse).audit_broken


def test_a_database_that_hangs_is_away_and_holds_one_thread_only(db: Database, pulse: Pulse) -> None:
    held = threading.Event()
    threading.Thread(target=db.write, args=(lambda _tx: held.wait(10),), daemon=True).start()
    before, began = threading.active_count(), time.monotonic()
    for _ in range(3):
        assert "does not answer" in str(pulse.take())
    assert time.monotonic() - began < 2.0
    assert threading.active_count() <= before + 1
    held.set()
    taken(pulse)  # what was begun then is over; no hurry here, since it waits for it
    assert isinstance(pulse.take(), Stored)


def test_a_database_that_refuses_is_away_and_its_message_is_not_shown(db: Database, pulse: Pulse) -> None:
    db.write(lambda tx: tx.execute(text("alter table flags rename to gone")))
    said = str(pulse.take())
    assert said.startswith("the database refuses (OperationalError)")
    assert "flags" not in said
    db.write(lambda tx: tx.execute(text("alter table gone rename to flags")))
    taken(pulse)
