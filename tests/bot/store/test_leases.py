"""Who holds an operation, until when, and what a worker that wakes up late can still write."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.operation import Fenced, State
from bot.store import operations
from bot.store.database import Database
from bot.store.schema import operations as table
from tests.bot.store.rows import LEASE, NOW, claimed, opened

LATER = NOW + LEASE + timedelta(seconds=1)


def test_what_somebody_holds_nobody_else_takes(db: Database) -> None:
    number = opened(db)
    claimed(db, number, "one")
    assert db.write(lambda tx: operations.claim(tx, NOW, "two", LEASE, 10)) == []


def test_a_lease_that_ran_out_is_taken_over_with_a_higher_fence(db: Database) -> None:
    number = opened(db)
    first, second = claimed(db, number, "one"), claimed(db, number, "two", LATER)
    assert second.fence == first.fence + 1


def test_a_worker_that_wakes_up_late_is_fenced_off(db: Database) -> None:
    number = opened(db)
    first, second = claimed(db, number, "one"), claimed(db, number, "two", LATER)
    with pytest.raises(Fenced):
        db.write(lambda tx: operations.guard(tx, first))
    db.write(lambda tx: operations.guard(tx, second))


def test_a_late_release_and_a_late_renewal_change_nothing(db: Database) -> None:
    number = opened(db)
    first, _second = claimed(db, number, "one"), claimed(db, number, "two", LATER)
    db.write(lambda tx: operations.release(tx, first, NOW))
    db.write(lambda tx: operations.renew(tx, [first], LATER + 10 * LEASE))
    columns = (table.c.lease_owner, table.c.lease_until)
    assert db.read(lambda tx: tx.execute(select(*columns)).one()) == ("two", LATER + LEASE)


def test_a_renewed_lease_is_not_taken_over(db: Database) -> None:
    number = opened(db)
    held = claimed(db, number, "one")
    db.write(lambda tx: operations.renew(tx, [held], LATER + LEASE))
    assert db.write(lambda tx: operations.claim(tx, LATER, "two", LEASE, 10)) == []


def test_what_sleeps_is_not_taken_before_its_time(db: Database) -> None:
    number = opened(db)
    held = claimed(db, number)
    wake = NOW + timedelta(hours=1)
    db.write(lambda tx: operations.release(tx, held, wake))
    assert db.write(lambda tx: operations.claim(tx, LATER, "two", LEASE, 10)) == []
    assert claimed(db, number, "two", wake).number == number


def test_the_longest_due_is_taken_first(db: Database) -> None:
    numbers = [opened(db, f"trigger-{n}") for n in range(3)]
    db.write(lambda tx: operations.wake(tx, [numbers[2]], NOW - timedelta(minutes=1)))
    taken = db.write(lambda tx: operations.claim(tx, NOW, "one", LEASE, 2))
    assert [one.number for one in taken] == [numbers[2], numbers[0]]


def test_after_a_restart_nobody_holds_anything(db: Database) -> None:
    """One process a database file: whoever held a lease is dead."""
    number = opened(db, state=State.RUNNING)
    claimed(db, number, "dead")
    db.write(operations.forget_leases)
    assert claimed(db, number, "alive").state is State.RUNNING
