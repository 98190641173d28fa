"""The database refuses the second: deliveries, decisions, agreements."""

import pytest

from bot.operation import Approval
from bot.store import approvals, operations, schedules
from bot.store.approvals import AlreadyDecided, SeenBefore
from bot.store.database import Database
from bot.store.operations import AlreadyAsked
from tests.bot.store.rows import NOW, ask, opened


def test_a_delivery_of_a_line_is_one_operation(db: Database) -> None:
    opened(db, "trigger-1")
    with pytest.raises(AlreadyAsked):
        db.write(lambda tx: operations.ask(tx, ask("trigger-1", "ec2 stop all")))
    with db.engine.connect() as tx:
        assert tx.exec_driver_sql("select count(*) from operations").scalar() == 1
        assert tx.exec_driver_sql("select count(*) from audit").scalar() == 1


def test_a_delivery_of_a_click_counts_once(db: Database) -> None:
    db.write(lambda tx: approvals.deliver(tx, "click-1", NOW))
    with pytest.raises(SeenBefore):
        db.write(lambda tx: approvals.deliver(tx, "click-1", NOW))


def test_a_person_decides_once_even_the_other_way(db: Database) -> None:
    number = opened(db)
    yes = Approval("U0SUZUKI", "hash", agrees=True, reason="", at=NOW)
    no = Approval("U0SUZUKI", "hash", agrees=False, reason="on second thoughts", at=NOW)
    db.write(lambda tx: approvals.add(tx, number, yes))
    with pytest.raises(AlreadyDecided):
        db.write(lambda tx: approvals.add(tx, number, no))
    assert db.read(lambda tx: approvals.of(tx, number)) == (yes,)


def test_agreeing_to_a_schedule_twice_is_agreeing_once(db: Database) -> None:
    db.write(lambda tx: schedules.note(tx, "nightly", "digest", NOW))
    for _ in range(2):
        db.write(lambda tx: schedules.approve(tx, "nightly", "digest", "U0SUZUKI", NOW))
    assert db.read(lambda tx: schedules.agreed(tx, "nightly", "digest")) == {"U0SUZUKI"}
    assert db.read(lambda tx: schedules.agreed(tx, "nightly", "edited")) == frozenset()
