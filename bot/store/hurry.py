"""What may not wait behind other operations: what puts something back, and what stops something."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, or_

from bot.operation import StepState
from bot.store import operations as all_
from bot.store.needs import Kind
from bot.store.operations import FREE, Claim
from bot.store.schema import asks, operations, step_needs, steps

STOPS = ("failover abort", "failover continue", "toban cancel")
"""Lines that let an operation end, or go on."""


def claim(tx: Connection, now: datetime, owner: str, lease: timedelta, most: int) -> Collection[Claim]:
    """Take up to `most` of those that want to be looked at and that nobody holds."""
    return all_.claim(tx, now, owner, lease, most, among=_HURRIED)


_STOPS = exists().where(asks.c.id == operations.c.id, or_(*(asks.c.line.like(f"{line} %") for line in STOPS)))
_PUTS_BACK = exists().where(
    steps.c.operation == operations.c.id,
    steps.c.state == StepState.PLANNED,
    step_needs.c.step == steps.c.id,
    step_needs.c.kind == Kind.UNDOES,
)
_HURRIED = FREE.where(or_(_STOPS, _PUTS_BACK))
