"""What waits, and since when, as whoever looks from outside is told."""

from datetime import UTC, datetime, timedelta

from bot.operation import Ask, Asker, Door, State
from bot.store import operations
from bot.store.database import Database
from bot.store.outbox import Mail, put
from bot.store.schema import flags, outbox
from bot.store.vitals import Vitals, beat, vitals

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
EARLIER = NOW - timedelta(seconds=70)


def look(db: Database) -> Vitals:
    return db.read(lambda tx: vitals(tx, NOW))


def test_where_nothing_waits_nothing_is_old(db: Database) -> None:
    nothing = dict.fromkeys((State.ASKED, State.WAITING, State.QUEUED, State.RUNNING), 0)
    assert look(db) == Vitals(nothing, None, None, 0)


def test_a_beat_is_one_row_however_often_it_is_written(db: Database) -> None:
    for at in (EARLIER, NOW):
        db.write(lambda tx, at=at: beat(tx, at))  # type: ignore[misc]
    rows = db.read(lambda tx: tx.execute(flags.select()).all())
    assert [(row.name, row.at) for row in rows] == [("beat", NOW)]


def test_what_waits_is_shown_with_the_moment_since_when(db: Database) -> None:
    asker = Asker("U0SATO", "T0TOBAN", "C0OPS")
    db.write(lambda tx: operations.ask(tx, Ask("one", Door.SLASH, asker, "ec2 list", EARLIER, "")))
    db.write(lambda tx: put(tx, "notice:1", Mail.NOTICE, EARLIER, channel="C0OPS"))
    db.write(lambda tx: put(tx, "email:1", Mail.EMAIL, EARLIER - timedelta(hours=1), address="a@example.com"))
    vitals = look(db)
    assert vitals.open[State.ASKED] == 1
    assert vitals.due_since == vitals.unsent_since == EARLIER


def test_an_edit_waits_since_it_was_wanted_and_not_since_the_message_was_new(db: Database) -> None:
    db.write(lambda tx: put(tx, "card:1", Mail.CARD, NOW - timedelta(days=1), channel="C0OPS"))
    sent = {"sent_version": 1, "next_try": EARLIER, "ts": "1.2"}
    db.write(lambda tx: tx.execute(outbox.update().values(**sent)))
    assert look(db).unsent_since == EARLIER


def test_a_worker_that_holds_an_operation_does_not_keep_it_waiting(db: Database) -> None:
    asker = Asker("U0SATO", "T0TOBAN", "C0OPS")
    db.write(lambda tx: operations.ask(tx, Ask("one", Door.SLASH, asker, "ec2 list", EARLIER, "")))
    db.write(lambda tx: operations.claim(tx, NOW, "somebody", timedelta(minutes=1), 1))
    assert look(db).due_since is None
