"""Batches: the intent to make one call, committed before it, and its outcome after."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from aws.account import Place
from bot import words
from bot.operation import BatchState, IllegalMove
from bot.store.schema import batches


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One call as it stands."""

    id: int
    operation: int
    action: str
    place: Place
    token: str
    state: BatchState
    tries: int
    intended: datetime


def intended(tx: Connection, operation: int) -> tuple[BatchRow, ...]:
    """The calls of an operation that have no answer: they may or may not have happened."""
    query = select(batches).where(batches.c.operation == operation, batches.c.state == BatchState.INTENDED)
    return tuple(_row(row) for row in tx.execute(query.order_by(batches.c.id)))


def intend(tx: Connection, operation: int, action: str, place: Place, token: str, at: datetime) -> BatchRow:
    """Store the intent to make one call."""
    number: int = tx.execute(
        insert(batches)
        .values(
            operation=operation,
            action=action,
            account=place.account,
            region=place.region,
            token=token,
            state=BatchState.INTENDED,
            intended=at,
        )
        .returning(batches.c.id)
    ).scalar_one()
    return BatchRow(number, operation, action, place, token, BatchState.INTENDED, 1, at)


def try_again(tx: Connection, batch: BatchRow, at: datetime) -> None:
    """Store the intent to make the same call once more, under the same token."""
    _change(tx, batch, {BatchState.INTENDED}, tries=batch.tries + 1, intended=at)


def answer(
    tx: Connection,
    batch: BatchRow,
    to: BatchState,
    at: datetime,
    *,
    request_id: str = "",
    error: words.Words | None = None,
) -> None:
    """Store how the call ended.  Raises IllegalMove when it has ended already."""
    _change(
        tx,
        batch,
        {BatchState.INTENDED},
        state=to,
        answered=at,
        request_id=request_id,
        error=error and words.to_json(error),
    )


def _change(tx: Connection, batch: BatchRow, sources: Collection[BatchState], **columns: object) -> None:
    changed = tx.execute(
        update(batches).where(batches.c.id == batch.id, batches.c.state.in_(sources)).values(**columns)
    )
    if changed.rowcount != 1:
        raise IllegalMove(f"batch {batch.token} has its outcome already")


def _row(row: Row[Any]) -> BatchRow:
    return BatchRow(
        id=row.id,
        operation=row.operation,
        action=row.action,
        place=Place(row.account, row.region),
        token=row.token,
        state=BatchState(row.state),
        tries=row.tries,
        intended=row.intended,
    )
