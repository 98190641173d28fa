"""What may not wait behind other operations: what puts something back, and what stops something."""

from sqlalchemy import exists, or_

from bot.operation import StepState
from bot.store.needs import Kind
from bot.store.schema import asks, operations, step_needs, steps

STOPS = ("failover abort", "failover continue", "toban cancel")
"""Lines that let an operation end, or go on."""

_STOPS = exists().where(asks.c.id == operations.c.id, or_(*(asks.c.line.like(f"{line} %") for line in STOPS)))
_PUTS_BACK = exists().where(
    steps.c.operation == operations.c.id,
    steps.c.state == StepState.PLANNED,
    step_needs.c.step == steps.c.id,
    step_needs.c.kind == Kind.UNDOES,
)
IN_A_HURRY = or_(_STOPS, _PUTS_BACK)
"""The condition, for queries of operations."""
