"""The audit log's lines: a closed list of events, written in the transaction of what they record."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, insert, select

from bot.store.schema import audit


class Event(StrEnum):
    """Everything that is ever written to the audit log."""

    ASKED = "operation.asked"
    PLANNED = "operation.planned"
    REFUSED = "operation.refused"
    APPROVED = "operation.approved"
    DENIED = "operation.denied"
    EXPIRED = "operation.expired"
    STUMBLED = "operation.stumbled"  # a mistake of ours; after a few the operation is given up
    STARTED = "operation.started"
    CANCELLED = "operation.cancelled"
    ENDED = "operation.ended"
    STEP_INTENDED = "step.intended"  # committed before the call
    STEP_ANSWERED = "step.answered"  # AWS's answer to the call
    STEP_ENDED = "step.ended"
    REVIEWED = "operation.reviewed"  # somebody looked at an emergency
    SCHEDULE_APPROVED = "schedule.approved"
    SCHEDULE_DISABLED = "schedule.disabled"
    SCHEDULE_MISSED = "schedule.missed"
    SCHEDULE_ADDED = "schedule.added"
    SCHEDULE_PAUSED = "schedule.paused"
    SCHEDULE_RESUMED = "schedule.resumed"
    SCHEDULE_SKIPPED = "schedule.skipped"
    SCHEDULE_REMOVED = "schedule.removed"
    EVENT_REFUSED = "event.refused"  # it is forged, foreign, or nobody can read it
    TROUBLE_BEGAN = "trouble.began"
    TROUBLE_ACKNOWLEDGED = "trouble.acknowledged"
    TROUBLE_SNOOZED = "trouble.snoozed"
    TROUBLE_SILENCED = "trouble.silenced"
    TROUBLE_CALLED = "trouble.called"  # nobody acknowledged it in time
    TROUBLE_ENDED = "trouble.ended"
    BREAK_FOUND = "audit.break-found"
    BREAK_ACKNOWLEDGED = "audit.break-acknowledged"


Line = dict[str, Any]


def line(event: Event, at: datetime, **columns: object) -> Line:
    """One line; the columns are those of the table `audit`."""
    return {"event": event, "at": at, **columns}


_NEW = insert(audit)
_BLANK: Line = {
    column.name: None if column.name in ("operation", "batch") else ""
    for column in audit.c
    if column.name not in ("id", "at", "event")
}


def write(tx: Connection, *lines: Line) -> None:
    """Append the lines in this transaction."""
    if lines:
        tx.execute(_NEW, [_BLANK | given for given in lines])


def count(tx: Connection, operation: int, event: Event) -> int:
    """How often this was written of an operation."""
    query = select(func.count()).where(audit.c.operation == operation, audit.c.event == event)
    return int(tx.execute(query).scalar_one())
