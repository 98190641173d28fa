"""Approvals: who agreed to which plan, and who did not; and the deliveries that were seen."""

from datetime import datetime

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from bot.operation import Approval
from bot.store.schema import approvals, deliveries


class AlreadyDecided(Exception):
    """This person has decided about this operation before."""


class SeenBefore(Exception):
    """This delivery was here before."""


def of(tx: Connection, operation: int) -> tuple[Approval, ...]:
    """Every decision about an operation, oldest first."""
    query = select(approvals).where(approvals.c.operation == operation).order_by(approvals.c.id)
    return tuple(
        Approval(row.person, row.plan_hash, row.agrees, row.reason, row.at) for row in tx.execute(query)
    )


def add(tx: Connection, operation: int, decision: Approval) -> None:
    """Store one person's decision.  Raises AlreadyDecided."""
    row = {
        "operation": operation,
        "plan_hash": decision.plan_hash,
        "person": decision.person,
        "agrees": decision.agrees,
        "reason": decision.reason,
        "at": decision.at,
    }
    try:
        with tx.begin_nested():  # the transaction goes on: whoever clicked is told
            tx.execute(insert(approvals).values(row))
    except IntegrityError as error:
        raise AlreadyDecided(decision.person) from error


def deliver(tx: Connection, key: str, at: datetime) -> None:
    """Take note of a click or a form.  Raises SeenBefore."""
    try:
        tx.execute(insert(deliveries).values(key=key, at=at))
    except IntegrityError as error:
        raise SeenBefore(key) from error
