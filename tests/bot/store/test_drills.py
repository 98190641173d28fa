"""Drills as rows: one at a time in an account, their moments told once, what was answered meanwhile."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, text

from bot.drill import Drill, Gate, Mark, Phase, Source, Spec
from bot.probe import Kind, Probe, Sample
from bot.store import drills, marks, samples
from bot.store.audit import Event, line, write
from bot.store.database import Database
from bot.words import words
from tests.bot.store.rows import NOW, opened

SHOP = Probe("shop", Kind.HTTP, "http://127.0.0.1:1/", every=timedelta(milliseconds=100))
PERSON = "U0SATO"


def spec(account: str = "prod") -> Spec:
    return Spec("zone", account, "ap-northeast-1", "zone a", timedelta(minutes=5), (SHOP,))


def begun(db: Database, account: str = "prod", key: str = "trigger-1") -> int:
    number = opened(db, key)
    assert db.write(lambda tx: drills.begin(tx, number, spec(account), PERSON, NOW)) == number
    return number


def get(db: Database, number: int) -> Drill:
    found = db.read(lambda tx: drills.get(tx, number))
    assert found is not None
    return found


def test_a_drill_is_read_as_it_was_approved(db: Database) -> None:
    found = get(db, begun(db))
    assert (found.spec, found.person, found.begun, found.phase) == (spec(), PERSON, NOW, Phase.STEADY)


def test_beginning_it_twice_changes_nothing(db: Database) -> None:
    number = begun(db)
    later = NOW + timedelta(minutes=1)
    assert db.write(lambda tx: drills.begin(tx, number, spec(), "U0OTHER", later)) == number
    assert (get(db, number).begun, get(db, number).person) == (NOW, PERSON)


def test_there_is_one_at_a_time_in_an_account(db: Database) -> None:
    first, second = begun(db), opened(db, "trigger-2")
    assert db.write(lambda tx: drills.begin(tx, second, spec(), PERSON, NOW)) == first
    assert db.read(lambda tx: drills.get(tx, second)) is None


def test_another_account_has_its_own_and_so_has_whoever_comes_after_the_end(db: Database) -> None:
    first = begun(db)
    begun(db, "dev", "trigger-2")
    db.write(lambda tx: drills.change(tx, first, ended=NOW))
    third = begun(db, "prod", "trigger-3")
    assert [one.number for one in db.read(lambda tx: drills.find(tx, open_only=True))] == [third, 2]
    assert [one.number for one in db.read(drills.find)] == [third, 2, first]


@pytest.mark.parametrize(
    ("moments", "phase"),
    [
        ((), Phase.STEADY),
        (("broken",), Phase.BROKEN),
        (("broken", "going_back"), Phase.BACK),
        (("broken", "going_back", "restored"), Phase.AFTER),
        (("broken", "going_back", "restored", "ended"), Phase.OVER),
        (("ended",), Phase.OVER),
    ],
)
def test_its_moments_say_where_it_stands(db: Database, moments: tuple[str, ...], phase: Phase) -> None:
    number = begun(db)
    db.write(lambda tx: drills.change(tx, number, **dict.fromkeys(moments, NOW)))
    assert get(db, number).phase is phase


def test_a_moment_is_told_once_and_so_is_why_it_was_stopped(db: Database) -> None:
    number = begun(db)
    for minutes, why in ((1, "first"), (2, "second")):

        def change(tx: Connection, minutes: int = minutes, why: str = why) -> None:
            drills.change(tx, number, broken=NOW + timedelta(minutes=minutes))
            drills.stop(tx, number, words("{why}", why=why))

        db.write(change)
    assert get(db, number).broken == NOW + timedelta(minutes=1)
    assert str(get(db, number).stopped) == "first"


def test_a_gate_is_opened_by_the_first_who_does(db: Database) -> None:
    number = begun(db)
    db.write(lambda tx: drills.open_gate(tx, number, 1, PERSON, NOW))
    db.write(lambda tx: drills.open_gate(tx, number, 1, "U0OTHER", NOW))
    assert db.read(lambda tx: drills.gates(tx, number)) == (Gate(1, PERSON, NOW),)


# -- samples -----------------------------------------------------------------------------------------


def answer(milliseconds: int, error: str = "", probe: str = "shop", value: float | None = None) -> Sample:
    return Sample(probe, NOW + timedelta(milliseconds=milliseconds), 0.0125, error, value)


def test_samples_come_back_as_they_were_in_the_order_of_the_questions(db: Database) -> None:
    number = begun(db)
    late, early = answer(250, "504"), answer(100)
    targets = answer(150, probe="targets", value=2.0)
    db.write(lambda tx: samples.add(tx, number, [late, early]))
    db.write(lambda tx: samples.add(tx, number, [targets]))
    assert db.read(lambda tx: samples.of(tx, number)) == (early, targets, late)


def test_samples_since_a_moment_leave_the_older_ones_out(db: Database) -> None:
    number = begun(db)
    db.write(lambda tx: samples.add(tx, number, [answer(0), answer(900)]))
    db.write(lambda tx: samples.add(tx, number, [answer(1000), answer(1900)]))
    since = NOW + timedelta(milliseconds=900)
    found = db.read(lambda tx: samples.of(tx, number, since))
    assert found == (answer(900), answer(1000), answer(1900))


def test_a_second_of_fifty_questions_is_one_row(db: Database) -> None:
    number = begun(db)
    db.write(lambda tx: samples.add(tx, number, [answer(n * 20) for n in range(50)]))
    count = text("select count(*) from drill_samples")
    assert db.read(lambda tx: tx.execute(count).scalar()) == 1


# -- marks -------------------------------------------------------------------------------------------


def mark(key: str, at: datetime = NOW) -> Mark:
    return Mark(at, Source.AWS, words("{key} happened", key=key), key)


def test_a_mark_is_kept_once_by_its_key_and_in_order(db: Database) -> None:
    number = begun(db)
    second, first = mark("b", NOW + timedelta(seconds=20)), mark("a")
    for _ in range(2):
        db.write(lambda tx: marks.add(tx, number, [second, first]))
    assert db.read(lambda tx: marks.of(tx, number)) == (first, second)


def test_who_ended_it_stands_among_the_marks(db: Database) -> None:
    number = begun(db)
    db.write(lambda tx: write(tx, line(Event.CANCELLED, NOW, person=PERSON, operation=number)))
    (found,) = db.read(lambda tx: marks.of(tx, number))
    assert (found.source, str(found.said)) == (Source.PERSON, f"{PERSON} ends it")


def test_who_agreed_and_who_let_it_go_on_stand_among_the_marks_and_toban_is_no_person(db: Database) -> None:
    number, later = begun(db), NOW + timedelta(seconds=30)
    db.write(lambda tx: write(tx, line(Event.APPROVED, NOW, person="U0SUZUKI", operation=number)))
    db.write(lambda tx: drills.open_gate(tx, number, 10, "U0MILLER", later))
    end = line(Event.CANCELLED, later + timedelta(seconds=1), person=marks.TOBAN, operation=number)
    db.write(lambda tx: write(tx, end))
    found = db.read(lambda tx: marks.of(tx, number))
    assert [(one.source, str(one.said)) for one in found] == [
        (Source.PERSON, "U0SUZUKI agrees"),
        (Source.PERSON, "U0MILLER lets it go on after 10 %"),
        (Source.TOBAN, "toban ends it"),
    ]
