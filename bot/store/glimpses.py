"""Operations at a glance, many at once: without their plans, their steps and what was looked at.

A plan's answer may be a table of thousands of rows; a line about it needs none of them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import BindParameter, Connection, bindparam, func, null, select

from bot import words
from bot.command import Told
from bot.operation import Report, State, StepState
from bot.store import moments
from bot.store.operation_rows import of_ask, operation_of
from bot.store.outbox import Mail
from bot.store.schema import asks, operations, outbox, steps, tellings


def reports(tx: Connection, numbers: Collection[int]) -> Mapping[int, Report]:
    """How these operations stand, by their numbers."""
    found = [operation_of(row) for row in tx.execute(_PLANLESS, {"numbers": list(numbers)})]
    counted, told = _counts(tx, numbers), _told(tx, numbers)
    return {
        one.number: Report(
            operation=one,
            counts=counted[one.number],
            steps=(),
            shows={},
            approvals=(),
            told=told.get(one.number),
            until=moments.upcoming(tx, one.number) if one.state is State.RUNNING else None,
        )
        for one in found
    }


def cards(tx: Connection, numbers: Collection[int]) -> Mapping[int, tuple[str, str]]:
    """The channel and the ts of their messages; of those that are there."""
    rows = tx.execute(_CARDS, {"numbers": list(numbers)})
    return {number: (channel, ts) for number, channel, ts in rows if ts}


def _counts(tx: Connection, numbers: Collection[int]) -> Mapping[int, Mapping[StepState, int]]:
    counted: dict[int, dict[StepState, int]] = defaultdict(dict)
    for number, state, n in tx.execute(_COUNTS, {"numbers": list(numbers)}):
        counted[number][StepState(state)] = n
    return counted


def _told(tx: Connection, numbers: Collection[int]) -> Mapping[int, Told]:
    rows = tx.execute(_TOLD, {"numbers": list(numbers)})
    return {number: Told(words.from_json(summary), well=well) for number, summary, well in rows}


_NUMBERS: BindParameter[int] = bindparam("numbers", expanding=True)
_PLANLESS = (
    select(null().label("plan"), *(column for column in operations.c if column.name != "plan"), *of_ask())
    .join(asks, asks.c.id == operations.c.id)
    .where(operations.c.id.in_(_NUMBERS))
)
_COUNTS = (
    select(steps.c.operation, steps.c.state, func.count())
    .where(steps.c.operation.in_(_NUMBERS))
    .group_by(steps.c.operation, steps.c.state)
)
_TOLD = select(tellings.c.operation, tellings.c.summary, tellings.c.well).where(
    tellings.c.operation.in_(_NUMBERS)
)
_CARDS = select(outbox.c.operation, outbox.c.channel, outbox.c.ts).where(
    outbox.c.operation.in_(_NUMBERS), outbox.c.kind == Mail.CARD
)
