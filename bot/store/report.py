"""A report: what there is to show of an operation at one moment."""

from sqlalchemy import Connection

from bot.operation import Report, State
from bot.store import approvals, moments, operations, steps, tellings


def report(tx: Connection, number: int, most: int = 10) -> Report | None:
    """The report of an operation with at most so many of its steps; None when there is no such one."""
    operation = operations.get(tx, number)
    if operation is None:
        return None
    shown = steps.some(tx, number, most)
    return Report(
        operation=operation,
        counts=steps.counts(tx, number),
        steps=shown,
        shows=steps.shown(tx, [row.id for row in shown]),
        approvals=approvals.of(tx, number),
        told=tellings.of(tx, number),
        until=moments.upcoming(tx, number) if operation.state is State.RUNNING else None,
    )
