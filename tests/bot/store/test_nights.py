from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import update

from bot.brief import MISSED, NightBrief
from bot.command import Told
from bot.ledger import StoredLedger
from bot.operation import Ask, Asker, Door, State
from bot.plan import File
from bot.schedule import Schedule
from bot.schedules import Schedules
from bot.store import operations, schedules, tellings
from bot.store.database import Database
from bot.store.schema import operations as table
from bot.words import Words, words
from jobs.due import next_due

NOW = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # 08:30 in Tokyo, on the 22nd
DAILY = Schedule(
    "nightly",
    "backup tonight --keep 7",
    ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    "01:00",
    "Asia/Tokyo",
    "C0OPS",
    "U0MILLER",
)


def refuse(*_: object) -> Words:
    raise AssertionError("nights are only read")


def refuse_to_run(*_: object) -> None:
    refuse()


def ledger(db: Database, schedule: Schedule = DAILY) -> StoredLedger:
    return StoredLedger(
        db,
        Schedules({schedule.name: schedule}),
        b"k" * 32,
        now=lambda: NOW,
        cancel=refuse,
        run_now=refuse_to_run,
        next_due=next_due,
    )


def nights(db: Database, schedule: Schedule = DAILY, days: int = 5) -> list[NightBrief]:
    return list(ledger(db, schedule).nights("backup.tonight", NOW - timedelta(days=days)))


def ran(db: Database, local: str, state: State, told: Told | None = None, line: str = DAILY.line) -> int:
    """The run of a local date and time, a minute after it fell due."""
    due = datetime.fromisoformat(f"{local}:00+09:00")
    asked = Ask(f"schedule/nightly/{local}", Door.CLOCK, Asker("U0MILLER"), line, due, "nightly")
    number = db.write(lambda tx: operations.ask(tx, asked))
    at = {"started": due, "ended": due + timedelta(minutes=12)}
    db.write(lambda tx: tx.execute(update(table).where(table.c.id == number).values(state=state, **at)))
    if told:
        db.write(lambda tx: tellings.add(tx, number, told))
    return number


TOLD = Told(
    words("{done} of {total}", done=40, total=41), (words("vol-1 failed"),), File("f.csv", "id\n"), False
)


def test_a_run_is_told_in_its_verbs_words(db: Database) -> None:
    number = ran(db, "2026-11-22T01:00", State.PARTLY, TOLD)
    (one,) = nights(db)
    assert (one.number, one.state, one.schedule) == (number, "partly", "nightly")
    assert one.took == timedelta(minutes=12)
    assert (one.summary, one.lines, one.well) == (TOLD.summary, TOLD.lines, False)
    assert ledger(db).told_file(number) == "id\n"


def test_what_was_told_is_the_same_after_a_restart(db: Database) -> None:
    number = ran(db, "2026-11-22T01:00", State.PARTLY, TOLD)
    assert db.read(lambda tx: tellings.of(tx, number)) == TOLD


def test_a_date_on_which_nothing_was_asked_is_missed(db: Database) -> None:
    ran(db, "2026-11-20T01:00", State.DONE)
    ran(db, "2026-11-22T01:00", State.DONE)
    assert [(one.state, one.at.astimezone(UTC).date()) for one in nights(db)] == [
        ("done", date(2026, 11, 21)),
        (MISSED, date(2026, 11, 20)),
        ("done", date(2026, 11, 19)),
    ]


def test_nothing_is_missed_before_the_schedule_was_ever_at_work(db: Database) -> None:
    assert nights(db) == []
    db.write(lambda tx: schedules.approve(tx, "nightly", DAILY.digest, "U0SUZUKI", NOW - timedelta(days=2)))
    assert [one.state for one in nights(db)] == [MISSED, MISSED]


def test_a_disabled_schedule_says_why_its_nights_are_missed(db: Database) -> None:
    ran(db, "2026-11-21T01:00", State.DONE)
    db.write(lambda tx: schedules.note(tx, "nightly", DAILY.digest, NOW))
    db.write(lambda tx: schedules.disable(tx, "nightly", words("not allowed any more")))
    missed = nights(db)[0]
    assert str(missed.why) == "the schedule nightly is disabled: not allowed any more"
    assert not missed.well


def test_a_schedule_that_was_moved_to_another_hour_missed_nothing(db: Database) -> None:
    ran(db, "2026-11-21T02:00", State.DONE)
    ran(db, "2026-11-22T02:00", State.DONE)
    assert [one.state for one in nights(db)] == ["done", "done"]


def test_what_fell_due_just_now_is_not_missed_yet(db: Database) -> None:
    ran(db, "2026-11-21T08:28", State.DONE)
    just_now = replace(DAILY, time="08:28")
    assert [one.state for one in nights(db, just_now)] == ["done"]


def test_other_verbs_are_no_nights(db: Database) -> None:
    ran(db, "2026-11-22T01:00", State.DONE, line="backup status")
    other = replace(DAILY, line="backup tonights --keep 7")
    assert nights(db, other) == []
