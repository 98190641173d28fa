"""Batches: the intent to make one call, committed before it, and its outcome after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

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


@dataclass(frozen=True, slots=True)
class Intent:
    """One call that is to be made."""

    action: str
    place: Place
    token: str


def intend(tx: Connection, operation: int, intents: Sequence[Intent], at: datetime) -> list[BatchRow]:
    """Store the intents to make these calls."""
    common = {"operation": operation, "state": BatchState.INTENDED, "intended": at}
    new = [
        {
            "action": one.action,
            "account": one.place.account,
            "region": one.place.region,
            "token": one.token,
            **common,
        }
        for one in intents
    ]
    if not new:
        return []
    tx.execute(_NEW, new)  # all in one statement; with RETURNING it would be one each
    rows = tx.execute(_NUMBERS, {"tokens": [one.token for one in intents]})
    numbers = {token: number for token, number in rows}  # noqa: C416 - rows are not pairs to mypy
    return [
        BatchRow(numbers[one.token], operation, one.action, one.place, one.token, BatchState.INTENDED, 1, at)
        for one in intents
    ]


def try_again(tx: Connection, batch: BatchRow, at: datetime) -> BatchRow:
    """Store the intent to make the same call once more, under the same token."""
    again = replace(batch, tries=batch.tries + 1, intended=at)
    changed = tx.execute(_AGAIN, {"one": batch.id, "times": again.tries, "moment": at})
    if changed.rowcount != 1:
        raise IllegalMove(f"batch {batch.token} has its outcome already")
    return again


@dataclass(frozen=True, slots=True)
class Answer:
    """How one call ended."""

    batch: BatchRow
    request_id: str = ""
    error: words.Words | None = None


def answer(tx: Connection, to: BatchState, answers: Sequence[Answer], at: datetime) -> None:
    """Store how these calls ended, all or none.  Raises IllegalMove when one has ended already."""
    if not answers:
        return
    changed = tx.execute(
        _ANSWER,
        [
            {
                "one": one.batch.id,
                "to": to,
                "moment": at,
                "request": one.request_id,
                "said": one.error and words.to_json(one.error),
            }
            for one in answers
        ],
    )
    if changed.rowcount != len(answers):
        raise IllegalMove(f"{changed.rowcount} of {len(answers)} calls had no outcome yet")


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


# -- statements, built once ---------------------------------------------------------------------------

_NEW = insert(batches)
_NUMBERS = select(batches.c.token, batches.c.id).where(
    batches.c.token.in_(bindparam("tokens", expanding=True))
)
_OPEN = (batches.c.id == bindparam("one"), batches.c.state == BatchState.INTENDED)
_MOMENT = bindparam("moment", type_=batches.c.intended.type)
_AGAIN = update(batches).where(*_OPEN).values(tries=bindparam("times"), intended=_MOMENT)
_ANSWER = (
    update(batches)
    .where(*_OPEN)
    .values(state=bindparam("to"), answered=_MOMENT, request_id=bindparam("request"), error=bindparam("said"))
)
