"""The database answers within a second, by a read and a write, or it is away."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from bot.health.check import Stored
from bot.health.pulse import Pulse
from bot.operation import Ask, Asker, Door, State
from bot.store import operations
from bot.store.database import Database
from bot.store.outbox import Mail, put
from bot.store.schema import flags, outbox
from tests.new_database import put_new_database

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
EARLIER = NOW - timedelta(seconds=70)


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


def test_what_waits_is_shown_with_the_moment_since_when(db: Database, pulse: Pulse) -> None:
    asker = Asker("U0SATO", "T0TOBAN", "C0OPS")
    db.write(lambda tx: operations.ask(tx, Ask("one", Door.SLASH, asker, "ec2 list", EARLIER, "")))
    db.write(lambda tx: put(tx, "notice:1", Mail.NOTICE, EARLIER, channel="C0OPS"))
    db.write(lambda tx: put(tx, "email:1", Mail.EMAIL, EARLIER - timedelta(hours=1), address="a@example.com"))
    vitals = taken(pulse).vitals
    assert vitals.open[State.ASKED] == 1
    assert vitals.due_since == vitals.unsent_since == EARLIER


def test_an_edit_waits_since_it_was_wanted_and_not_since_the_message_was_new(
    db: Database, pulse: Pulse
) -> None:
    db.write(lambda tx: put(tx, "card:1", Mail.CARD, NOW - timedelta(days=1), channel="C0OPS"))
    sent = {"sent_version": 1, "next_try": EARLIER, "ts": "1.2"}
    db.write(lambda tx: tx.execute(outbox.update().values(**sent)))
    assert taken(pulse).vitals.unsent_since == EARLIER


def test_a_worker_that_holds_an_operation_does_not_keep_it_waiting(db: Database, pulse: Pulse) -> None:
    asker = Asker("U0SATO", "T0TOBAN", "C0OPS")
    db.write(lambda tx: operations.ask(tx, Ask("one", Door.SLASH, asker, "ec2 list", EARLIER, "")))
    db.write(lambda tx: operations.claim(tx, NOW, "somebody", timedelta(minutes=1), 1))
    assert taken(pulse).vitals.due_since is None


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
