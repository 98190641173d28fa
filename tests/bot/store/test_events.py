"""Events as they came: each once, however large and strange."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.event import Event
from bot.store import events
from bot.store.database import Database
from bot.store.event_schema import events as table
from bot.store.events import ENVELOPE, Outcome
from bot.words import Words, words
from tests.bot.store.explained import planned

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def event(key: str = "event/1", **envelope: Any) -> Event:
    return Event(
        key, "dev", "ap-northeast-1", NOW, {"source": "aws.ec2", "detail-type": "Something", **envelope}
    )


def add(db: Database, one: Event, outcome: Outcome = Outcome.TOLD, why: Words | None = None) -> bool:
    return db.write(lambda tx: events.add(tx, one, queue="main", came=NOW, outcome=outcome, why=why))


def test_an_event_is_stored_once(db: Database) -> None:
    assert not db.read(lambda tx: events.is_known(tx, "event/1"))
    assert add(db, event())
    assert not add(db, event(detail={"x": 1}))
    assert db.read(lambda tx: events.is_known(tx, "event/1"))
    (one,) = db.read(lambda tx: events.newest(tx, 10))
    assert (one.source, one.kind, one.account, one.at) == ("aws.ec2", "Something", "dev", NOW)
    assert (one.outcome, one.trouble, one.why) == ("told", None, None)


def test_why_it_was_refused_stays_with_it(db: Database) -> None:
    why = words("it is of account {account}", account="9")
    add(db, event(), Outcome.REFUSED, why)
    assert db.read(lambda tx: events.newest(tx, 10))[0].why == why


def test_the_newest_come_first(db: Database) -> None:
    for number in range(5):
        add(db, event(f"event/{number}", source=f"aws.{number}"))
    assert [one.source for one in db.read(lambda tx: events.newest(tx, 2))] == ["aws.4", "aws.3"]


def test_how_many_came_to_what_since_when(db: Database) -> None:
    add(db, event("1"), Outcome.REFUSED)
    add(db, event("2"), Outcome.REFUSED)
    add(db, event("3"))
    assert db.read(lambda tx: events.count(tx, Outcome.REFUSED, NOW)) == 2
    assert db.read(lambda tx: events.count(tx, Outcome.REFUSED, NOW + timedelta(seconds=1))) == 0


@pytest.mark.parametrize(
    "envelope",
    [
        {"source": "x" * 5000, "detail-type": "y" * 5000},
        {"source": None, "detail-type": 7},
        {"detail": {"text": "z" * 300_000}},
        {"detail": {"text": "障害 🔥 \x00 \u202e \ud800"}},
        {"detail": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
    ids=["long names", "no names", "as large as SQS takes", "odd letters", "what is no JSON"],
)
def test_whatever_it_holds_it_is_stored(db: Database, envelope: dict[str, Any]) -> None:
    assert add(db, event(**envelope))
    text = db.read(lambda tx: tx.execute(table.select()).one().envelope)
    assert len(text) <= ENVELOPE + 100


@pytest.mark.sqlite  # the planner's words
def test_an_event_is_known_by_an_index(db: Database) -> None:
    assert "USING COVERING INDEX" in planned(db, lambda tx: events.is_known(tx, "x"))
    assert "ix_events_trouble" in planned(db, lambda tx: events.newest(tx, 10, trouble=1))
