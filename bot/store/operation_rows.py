"""An operation as its row, beside that of its ask."""

from typing import Any

from sqlalchemy import Label, Row, select

from bot import words
from bot.canonical import plan_from_json
from bot.operation import Ask, Asker, Door, Operation, State
from bot.store.schema import asks, operations


def joined() -> Any:
    """The query of operations with their asks, for whoever narrows it."""
    return select(operations, *of_ask()).join(asks, asks.c.id == operations.c.id)


def of_ask() -> list[Label[Any]]:
    """An ask's columns, each with a name of its own."""
    return [column.label(f"ask_{column.name}") for column in asks.c]


def operation_of(row: Row[Any]) -> Operation:
    """The operation that such a row holds."""
    asker = Asker(
        row.ask_person,
        row.ask_team,
        row.ask_channel,
        row.ask_thread,
        row.ask_response_url,
        row.ask_language,
    )
    return Operation(
        number=row.id,
        ask=Ask(row.ask_key, Door(row.ask_door), asker, row.ask_line, row.ask_at, row.ask_schedule),
        state=State(row.state),
        plan=plan_from_json(row.plan) if row.plan else None,
        plan_hash=row.plan_hash,
        needs=row.needs,
        reason=words.from_json(row.reason) if row.reason else None,
        fence=row.fence,
        created=row.created,
        expires=row.expires,
        started=row.started,
        ended=row.ended,
        cancelled_by=row.cancelled_by,
        could_approve=tuple(row.could_approve or ()),
        emergency=row.emergency,
        reviewed_by=row.reviewed_by,
    )
