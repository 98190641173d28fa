"""Storms of a channel: a few with a cause of their own, one for all that has no room."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.store import storms
from bot.store.database import Database
from bot.store.storms import AT_ONCE, QUIET
from tests.bot.store.explained import planned

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def join(db: Database, cause: str, at: datetime = NOW, channel: str = "C0OPS") -> int:
    return db.write(lambda tx: storms.join(tx, channel, cause, at))


def test_what_has_one_cause_is_one_storm(db: Database) -> None:
    first = join(db, "prod EC2")
    assert join(db, "prod EC2", NOW + SECOND) == first
    found = db.read(lambda tx: storms.get(tx, first))
    assert found is not None
    assert (found.channel, found.cause, found.began, found.last) == ("C0OPS", "prod EC2", NOW, NOW + SECOND)


def test_each_channel_and_each_cause_has_its_own(db: Database) -> None:
    assert len({join(db, "prod EC2"), join(db, "prod RDS"), join(db, "prod EC2", channel="C0OTHER")}) == 3


def test_what_has_no_room_of_its_own_is_told_together(db: Database) -> None:
    own = [join(db, f"cause {n}") for n in range(AT_ONCE)]
    rest = {join(db, f"cause {n}") for n in range(AT_ONCE, 60)}
    assert len(set(own)) == AT_ONCE
    assert len(rest) == 1
    (together,) = rest
    found = db.read(lambda tx: storms.get(tx, together))
    assert found is not None
    assert found.cause == ""
    assert join(db, "cause 0") == own[0]
    assert db.read(storms.count) == AT_ONCE + 1


def test_a_storm_lasts_while_something_joins_it(db: Database) -> None:
    at, first = NOW, join(db, "prod EC2")
    for _ in range(3):
        at += QUIET - SECOND
        assert join(db, "prod EC2", at) == first
    assert db.read(lambda tx: storms.under_way(tx, "C0OPS", at + QUIET)) == []
    assert join(db, "prod EC2", at + QUIET) != first


def test_a_storm_that_never_was_is_none(db: Database) -> None:
    assert db.read(lambda tx: storms.get(tx, 7)) is None


@pytest.mark.sqlite  # the planner's words
def test_the_storms_of_a_channel_are_found_by_an_index(db: Database) -> None:
    assert "ix_storms_channel_last" in planned(db, lambda tx: storms.under_way(tx, "C0OPS", NOW))
