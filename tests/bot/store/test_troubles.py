"""Troubles as rows: opened, changed by compare-and-set, found by an index."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection

from bot.chart import Chart, Series
from bot.plan import Offer
from bot.store import silences, storms, troubles
from bot.store.database import Database
from bot.trouble import Phase, Rule, Severity, Silence, State, Trouble
from bot.words import words
from tests.bot.store.explained import planned
from tests.happened import DISK, RULE, WEB, seen

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OTHER = replace(RULE, name="other")


def begin(db: Database, subject: str = WEB, rule: Rule = RULE, **columns: object) -> Trouble:
    def change(tx: Connection) -> Trouble:
        came = columns.pop("came", NOW)
        assert isinstance(came, datetime)
        one = seen(NOW, subject=subject, rule=rule)
        return troubles.begin(tx, one, Severity.CRITICAL, came, **{"tells": False, **columns})

    return db.write(change)


def get(db: Database, number: int) -> Trouble:
    found = db.read(lambda tx: troubles.get(tx, number))
    assert found is not None
    return found


def change(db: Database, number: int, **columns: object) -> None:
    db.write(lambda tx: troubles.change(tx, number, **columns))


def test_what_is_stored_is_what_was_meant(db: Database) -> None:
    one = replace(
        seen(NOW),
        reading=replace(
            seen(NOW).reading,
            title=words("{alarm} rings", alarm="web"),
            facts=(words("for {length}", length=5 * MINUTE), words("since {at}", at=NOW)),
            offers=(Offer(words("Why?"), "ec2 why i-1"),),
            metric={"name": "CPUUtilization"},
        ),
    )
    made = db.write(lambda tx: troubles.begin(tx, one, Severity.WARNING, NOW, tells=True))
    assert made == get(db, made.number)
    assert (made.title, made.facts, made.offers) == (
        one.reading.title,
        one.reading.facts,
        one.reading.offers,
    )
    assert (made.severity, made.tells, made.metric) == (Severity.WARNING, True, {"name": "CPUUtilization"})
    assert (made.channel, made.mention, made.cause) == (RULE.channel, RULE.mention, "dev CloudWatch")


def test_the_newest_about_something_is_of_one_rule(db: Database) -> None:
    begin(db)
    second = begin(db)
    begin(db, rule=OTHER)
    begin(db, DISK)
    assert db.read(lambda tx: troubles.newest(tx, "alarms", WEB)) == second
    assert db.read(lambda tx: troubles.newest(tx, "alarms", "arn:none")) is None
    assert [one.number for one in db.read(lambda tx: troubles.of_subject(tx, WEB, 2))] == [3, 2]


def test_only_the_first_of_two_moves_it(db: Database) -> None:
    begin(db)
    moves = [
        db.write(lambda tx: troubles.move(tx, 1, [State.OPEN], State.ACKNOWLEDGED, acknowledged_by="U0SATO")),
        db.write(lambda tx: troubles.move(tx, 1, [State.OPEN], State.ACKNOWLEDGED, acknowledged_by="U0ITO")),
    ]
    assert moves == [True, False]
    assert get(db, 1).acknowledged_by == "U0SATO"


def test_news_keeps_what_was_found_out(db: Database) -> None:
    begin(db)
    chart = Chart(words("CPU"), words("high"), "", ("12:00",), (Series("CPU", (Decimal("97.5"),)),))
    found = words("toban did {action}", action="ec2.stop")
    db.write(lambda tx: troubles.found_out(tx, 1, [found], chart))
    later = replace(seen(NOW).reading, title=words("it goes on"))
    db.write(lambda tx: troubles.told(tx, 1, later, NOW + MINUTE))
    one = get(db, 1)
    assert (str(one.title), one.context, one.chart, one.last) == (
        "it goes on",
        (found,),
        chart,
        NOW + MINUTE,
    )
    assert one.mention == RULE.mention
    assert db.read(lambda tx: troubles.to_look(tx, NOW + MINUTE)) == []


def test_an_end_without_a_begin_is_nowhere_but_where_it_is_looked_for(db: Database) -> None:
    number = db.write(lambda tx: troubles.note_end(tx, seen(NOW, Phase.ENDS), Severity.CRITICAL, NOW))
    assert (get(db, number).state, get(db, number).times) == (State.OVER, 0)
    assert db.read(lambda tx: troubles.newest(tx, "alarms", WEB)) == get(db, number)
    assert db.read(lambda tx: troubles.find(tx, tuple(State), 10)) == []
    assert db.read(lambda tx: troubles.of_subject(tx, WEB, 10)) == []
    assert db.read(troubles.fired) == {}


def test_those_in_some_states_come_the_newest_first(db: Database) -> None:
    for number in range(1, 6):
        begin(db, f"arn:{number}")
    change(db, 2, state=State.OVER)
    change(db, 4, state=State.ACKNOWLEDGED)
    found = db.read(lambda tx: troubles.find(tx, [State.OPEN, State.ACKNOWLEDGED], 3))
    assert [one.number for one in found] == [5, 4, 3]


def test_a_storms_troubles_are_counted_by_their_states(db: Database) -> None:
    storm = db.write(lambda tx: storms.join(tx, "C0OPS", "x", NOW))
    for number in range(1, 5):
        begin(db, f"arn:{number}", storm=storm if number > 1 else None)
    change(db, 3, state=State.OVER)
    assert db.read(lambda tx: troubles.counted(tx, storm)) == {State.OPEN: 2, State.OVER: 1}
    first = db.read(lambda tx: troubles.first_of(tx, storm))
    assert first is not None
    assert first.number == 2
    found = db.read(lambda tx: troubles.find(tx, tuple(State), 10, storm=storm))
    assert [one.number for one in found] == [4, 3, 2]


def test_what_began_lately_in_a_channel_is_counted_to_some_number(db: Database) -> None:
    def begun(most: int = 99, cause: str | None = None, *, alone: bool = False) -> int:
        return db.read(lambda tx: troubles.begun(tx, "C0OPS", NOW - MINUTE, most, cause=cause, alone=alone))

    storm = db.write(lambda tx: storms.join(tx, "C0OPS", "x", NOW))
    begin(db)
    begin(db, storm=storm)
    begin(db, cause="another")
    begin(db, came=NOW - 2 * MINUTE)
    begin(db, channel="C0OTHER")
    begin(db, silenced_by="U0SATO")
    begin(db, times=0)
    assert begun() == 3
    assert begun(2) == 2
    assert begun(cause="another") == 1
    assert begun(alone=True) == 2


def test_who_is_due_is_called_the_longest_due_first(db: Database) -> None:
    for minutes in (5, 1, 9):
        begin(db, f"arn:{minutes}", next_stage=NOW + minutes * MINUTE)
    begin(db)
    due = db.read(lambda tx: troubles.to_call(tx, NOW + 5 * MINUTE))
    assert [one.subject for one in due] == ["arn:1", "arn:5"]


def test_only_what_is_silent_and_not_over_is_woken(db: Database) -> None:
    begin(db, silenced_by="U0SATO")
    begin(db, silenced_by="U0SATO", state=State.OVER)
    begin(db)
    begin(db, rule=OTHER, silenced_by="U0SATO")
    db.write(lambda tx: troubles.wake(tx, "alarms", NOW))
    assert [one.number for one in db.read(lambda tx: troubles.to_call(tx, NOW))] == [1]


def test_the_event_that_began_it_finds_it(db: Database) -> None:
    begin(db, begun_by="event/1")
    begin(db, rule=OTHER)
    assert db.read(lambda tx: troubles.begun_by(tx, "alarms", "event/1")) == 1
    assert db.read(lambda tx: troubles.begun_by(tx, "other", "event/1")) is None
    assert db.read(lambda tx: troubles.begun_by(tx, "alarms", "event/2")) is None


def test_when_each_rule_fired_last(db: Database) -> None:
    begin(db)
    begin(db, DISK, began=NOW + MINUTE)
    begin(db, rule=OTHER)
    assert db.read(troubles.fired) == {"alarms": NOW + MINUTE, "other": NOW}


# -- silences -----------------------------------------------------------------------------------------------


def test_the_longest_silence_about_it_counts(db: Database) -> None:
    def put(rule: str, subject: str, minutes: int) -> None:
        one = Silence(rule, subject, NOW + minutes * MINUTE, f"U{minutes}")
        db.write(lambda tx: silences.put(tx, one))

    def about(subject: str, minutes: int = 0) -> str:
        found = db.read(lambda tx: silences.about(tx, "alarms", subject, NOW + minutes * MINUTE))
        return found.person if found else ""

    put("alarms", WEB, 10)
    put("alarms", "", 5)
    put("other", DISK, 99)
    assert (about(WEB), about(DISK), about(DISK, 5), about(WEB, 10)) == ("U10", "U5", "", "")
    put("alarms", "", 60)
    assert about(WEB) == "U60"
    assert [one.person for one in db.read(lambda tx: silences.standing(tx, NOW))] == ["U60", "U10", "U99"]


# -- how they are found -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("look", "index"),
    [
        (lambda tx: troubles.newest(tx, "alarms", WEB), "ix_troubles_rule_subject_id"),
        (lambda tx: troubles.of_subject(tx, WEB, 20), "ix_troubles_subject_id"),
        (lambda tx: troubles.begun_by(tx, "alarms", "x"), "ix_troubles_begun_by"),
        (lambda tx: troubles.begun(tx, "C0OPS", NOW, 5), "ix_troubles_channel_came"),
        (lambda tx: troubles.begun(tx, "C0OPS", NOW, 1, cause="x"), "ix_troubles_channel_came"),
        (lambda tx: troubles.to_call(tx, NOW), "ix_troubles_next_stage"),
        (lambda tx: troubles.to_look(tx, NOW), "ix_troubles_look"),
        (lambda tx: troubles.counted(tx, 1), "ix_troubles_storm"),
        (lambda tx: troubles.first_of(tx, 1), "ix_troubles_storm"),
        (lambda tx: troubles.find(tx, [State.OPEN], 10), "ix_troubles_state_id"),
    ],
)
@pytest.mark.sqlite  # the planner's words
def test_it_is_found_by_an_index_among_those_of_a_year(
    db: Database, look: Callable[[Connection], object], index: str
) -> None:
    assert index in planned(db, look)
