"""What is looked for again and again is found by an index, however much else there is."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from aws.account import Place
from bot.store import changes, moments, needs, ready, schedules
from bot.store.database import Database
from bot.store.ready import START, Lane
from tests.bot.store.explained import planned

LANE = Lane("ec2.stop", Place("dev", "ap-northeast-1"))
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize(
    ("look", "index"),
    [
        (lambda tx: ready.ready(tx, 1, LANE, START, 1), "ix_steps_ready"),
        (lambda tx: ready.lanes(tx, 1), "ix_steps_ready"),
        (lambda tx: ready.is_lost(tx, 1), "ix_steps_ready"),
        (lambda tx: needs.lost(tx, 1, 1), "ix_steps_ready"),
        (lambda tx: ready.in_flight(tx, LANE), "ix_steps_in_flight"),
        (lambda tx: moments.has_come(tx, 1, NOW), "ix_steps_held"),
        (lambda tx: moments.upcoming(tx, 1), "ix_steps_held"),
    ],
)
def test_what_is_ready_is_found_without_reading_what_is_not(
    db: Database, look: Callable[[Connection], object], index: str
) -> None:
    """Among ten thousand planned steps this keeps each turn from costing as much as all of them."""
    assert index in planned(db, look)


def test_what_waits_for_its_moment_is_found_among_the_steps_of_a_year(db: Database) -> None:
    """Office hours ask for it every minute."""
    assert "SEARCH steps USING INDEX ix_steps_held (operation=? AND not_before>?)" in planned(
        db, changes.held
    )


def test_what_was_last_done_to_a_resource_is_found_among_the_lines_of_a_year(db: Database) -> None:
    found = planned(db, lambda tx: changes.newest(tx, "dev", "ap-northeast-1", "i-1"))
    assert found.startswith("SEARCH audit USING INDEX ix_audit_resource_id (resource=?) SEARCH asks USING")
    assert "SCAN" not in found


def test_the_last_run_of_a_schedule_is_found_among_the_asks_of_a_year(db: Database) -> None:
    """A list of schedules asks for each of them, also for one that never ran."""
    found = planned(db, lambda tx: schedules.last_run(tx, "nightly"))
    assert "SEARCH asks USING INDEX ix_asks_schedule_id (schedule=?)" in found
    assert "SCAN" not in found
