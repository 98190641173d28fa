"""Audit lines as the stages write them: of an operation, and of its steps."""

from collections.abc import Iterable
from datetime import datetime

from bot.operation import Operation
from bot.plan import Step
from bot.store import audit
from bot.store.audit import Event, Line


def of_operation(operation: Operation, event: Event, at: datetime, **columns: object) -> Line:
    """One line about an operation; the person is its asker unless another is named."""
    known = {
        "person": operation.ask.asker.person,
        "door": operation.ask.door,
        "operation": operation.number,
        "line": operation.ask.line,
        "plan_hash": operation.plan_hash,
    }
    return audit.line(event, at, **(known | columns))


def of_steps(
    operation: Operation, event: Event, at: datetime, steps: Iterable[Step], **columns: object
) -> list[Line]:
    """A line for each of these steps."""
    return [
        audit.line(
            event,
            at,
            person=operation.ask.asker.person,
            door=operation.ask.door,
            operation=operation.number,
            plan_hash=operation.plan_hash,
            action=step.action,
            account=step.target.account,
            region=step.target.region,
            resource=step.target.id,
            **columns,
        )
        for step in steps
    ]
