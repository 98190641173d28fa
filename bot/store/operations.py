"""Asks and the operations they become: one row each, moved by compare-and-set."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from bot import words
from bot.brief import Brief
from bot.operation import MOVES, Ask, Fenced, IllegalMove, Operation, State
from bot.store import audit, errands
from bot.store.audit import Event
from bot.store.hurry import IN_A_HURRY
from bot.store.operation_rows import joined, operation_of
from bot.store.schema import asks, operations


class AlreadyAsked(Exception):
    """This delivery was here before."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on one operation until somebody else claims it."""

    number: int
    state: State
    fence: int


Take = Callable[[Connection, datetime, str, timedelta, int], Collection[Claim]]
"""Takes operations: the transaction, now, for whom, for how long, and how many at most."""


# -- reads ---------------------------------------------------------------------------------------


def get(tx: Connection, number: int) -> Operation | None:
    """One operation with its ask; its plan's steps are rows of their own."""
    row = tx.execute(_ONE, {"number": number}).first()
    return None if row is None else operation_of(row)


def asked(tx: Connection, key: str) -> int | None:
    """The operation that was asked for with this key."""
    found: int | None = tx.execute(select(asks.c.id).where(asks.c.key == key)).scalar()
    return found


def briefs(tx: Connection, states: Collection[State], limit: int = 50) -> tuple[Brief, ...]:
    """Operations in these states, newest first, in a line each: without their plans."""
    rows = tx.execute(_BRIEFS, {"states": list(states), "most": limit})
    return tuple(Brief(*row) for row in rows)


def is_due(tx: Connection, now: datetime) -> bool:
    """Whether any operation wants to be looked at."""
    return tx.execute(_DUE, {"now": now}).first() is not None


# -- changes -------------------------------------------------------------------------------------


def ask(tx: Connection, asked: Ask) -> int:
    """Store an ask and open its operation; returns its number.  Raises AlreadyAsked."""
    who = asked.asker
    row = {
        "key": asked.key,
        "door": asked.door,
        "person": who.person,
        "team": who.team,
        "channel": who.channel,
        "thread": who.thread,
        "response_url": who.response_url,
        "language": who.language,
        "line": asked.line,
        "schedule": asked.schedule,
        "at": asked.at,
    }
    try:
        number: int = tx.execute(_NEW_ASK, row).scalar_one()
    except IntegrityError as error:
        raise AlreadyAsked(asked.key) from error
    opened = {"id": number, "state": State.ASKED, "created": asked.at, "wake": asked.at}
    tx.execute(_NEW_OPERATION, opened)
    errands.leave(tx, [number])
    audit.write(
        tx,
        audit.line(
            Event.ASKED,
            asked.at,
            person=who.person,
            door=asked.door,
            operation=number,
            line=asked.line,
        ),
    )
    return number


def claim(
    tx: Connection,
    now: datetime,
    owner: str,
    lease: timedelta,
    most: int,
    *,
    among: Select[tuple[int, str, int]] | None = None,
) -> Collection[Claim]:
    """Take up to `most` operations that want to be looked at and that nobody holds; of these, if given."""
    rows = tx.execute(_FREE if among is None else among, {"now": now, "most": most}).all()
    taken = []
    for number, state, fence in rows:
        holds = {"lease_owner": owner, "lease_until": now + lease, "fence": fence + 1}
        won = tx.execute(_CLAIM, {"number": number, "was": fence, "now": now, **holds})
        if won.rowcount == 1:
            taken.append(Claim(number, State(state), fence + 1))
    return taken


def claim_hurried(
    tx: Connection, now: datetime, owner: str, lease: timedelta, most: int
) -> Collection[Claim]:
    """The same, of those that may not wait behind others."""
    return claim(tx, now, owner, lease, most, among=_HURRIED)


def claim_one(tx: Connection, number: int, now: datetime, owner: str, lease: timedelta) -> Claim | None:
    """Take this one, if it wants to be looked at and nobody holds it."""
    taken = claim(tx, now, owner, lease, 1, among=_FREE.where(operations.c.id == number))
    return next(iter(taken), None)


def renew(tx: Connection, held: Collection[Claim], until: datetime) -> None:
    """Hold these operations until then; one that was let go of, or claimed by somebody else, stays so."""
    for claim in held:
        tx.execute(
            update(operations)
            .where(
                operations.c.id == claim.number,
                operations.c.fence == claim.fence,
                operations.c.lease_until.is_not(None),
            )
            .values(lease_until=until)
        )


def release(tx: Connection, held: Claim, wake: datetime | None) -> None:
    """Let go of an operation; it wants to be looked at again at `wake`, or when its waits move."""
    let_go = tx.execute(
        update(operations)
        .where(operations.c.id == held.number, operations.c.fence == held.fence)
        .values(lease_owner="", lease_until=None, wake=wake)
    )
    if wake is not None and let_go.rowcount == 1:
        errands.leave(tx, [held.number], wake)


def forget_leases(tx: Connection) -> None:
    """Take back every lease: whoever held one is dead, since the database file is ours alone."""
    tx.execute(
        update(operations)
        .where(operations.c.lease_until.is_not(None))
        .values(lease_owner="", lease_until=None)
    )


def wake(tx: Connection, numbers: Collection[int], at: datetime) -> None:
    """Have these operations looked at."""
    tx.execute(update(operations).where(operations.c.id.in_(numbers)).values(wake=at))
    errands.leave(tx, numbers)


def guard(tx: Connection, held: Claim) -> Operation:
    """The operation, if it is still ours.  Raises Fenced."""
    operation = get(tx, held.number)
    if operation is None or operation.fence != held.fence:
        raise Fenced(f"operation {held.number} is somebody else's now")
    return operation


def still_ours(tx: Connection, held: Claim) -> str:
    """Who asked for the operation to be cancelled, "" when nobody did.  Raises Fenced when it is not ours.

    Asked in every transaction of a worker, so it reads two columns and no plan.
    """
    row = tx.execute(_HOLD, {"number": held.number}).first()
    if row is None or row.fence != held.fence:
        raise Fenced(f"operation {held.number} is somebody else's now")
    return str(row.cancelled_by)


def held_until(tx: Connection, held: Claim) -> datetime | None:
    """Until when nobody else can claim the operation; None when it is not ours any more."""
    row = tx.execute(_LEASE, {"number": held.number}).first()
    return row.lease_until if row is not None and row.fence == held.fence else None


def move(
    tx: Connection,
    number: int,
    to: State,
    at: datetime,
    *,
    reason: words.Words | None = None,
    wake: datetime | None = None,
    **columns: object,
) -> None:
    """Move an operation, once.  Raises IllegalMove when it is not where this move starts."""
    sources = [state for state, targets in MOVES.items() if to in targets]
    if to not in MOVES:
        columns["ended"] = at
    if to is not State.RUNNING:  # the stage is over, and with it the worker's hold
        columns |= {"lease_owner": "", "lease_until": None}
    columns |= {"state": to, "reason": reason and words.to_json(reason), "wake": wake}
    moved = tx.execute(_MOVE, {"number": number, "sources": sources, **columns})
    if moved.rowcount != 1:
        raise IllegalMove(f"operation {number} cannot become {to} now")
    if wake is not None:
        errands.leave(tx, [number], wake if wake > at else None)


def ask_to_cancel(tx: Connection, number: int, person: str, at: datetime) -> None:
    """Have a running operation stop between two batches."""
    asked = tx.execute(
        update(operations)
        .where(
            operations.c.id == number,
            operations.c.cancelled_by == "",
            operations.c.state == State.RUNNING,
        )
        .values(cancelled_by=person, wake=at)
    )
    if asked.rowcount == 1:
        errands.leave(tx, [number])


# -- rows ----------------------------------------------------------------------------------------


def in_brief() -> Any:
    """The query of operations in a line each, for whoever narrows it."""
    line = literal("/") + asks.c.line
    return select(operations.c.id, operations.c.state, line, asks.c.person, asks.c.at).join(
        asks, asks.c.id == operations.c.id
    )


# Statements of the busiest moments, built once: building one costs as much as running it.
_NEW_ASK = insert(asks).returning(asks.c.id)
_NEW_OPERATION = insert(operations)
_THIS = operations.c.id == bindparam("number")
_ONE = joined().where(_THIS)
_HOLD = select(operations.c.fence, operations.c.cancelled_by).where(_THIS)
_BRIEFS = (
    in_brief()
    .where(operations.c.state.in_(bindparam("states", expanding=True)))
    .order_by(operations.c.id.desc())
    .limit(bindparam("most"))
)
_NOW = bindparam("now", type_=operations.c.wake.type)
_NOBODYS = (operations.c.lease_until.is_(None)) | (operations.c.lease_until < _NOW)
_LEASE = select(operations.c.fence, operations.c.lease_until).where(operations.c.id == bindparam("number"))
_DUE = select(operations.c.id).where(operations.c.wake <= _NOW).limit(1)
_FREE = (
    select(operations.c.id, operations.c.state, operations.c.fence)
    .where(operations.c.wake <= _NOW, _NOBODYS)
    .order_by(operations.c.wake, operations.c.id)
    .limit(bindparam("most"))
)
_HURRIED = _FREE.where(IN_A_HURRY)
_CLAIM = update(operations).where(_THIS, operations.c.fence == bindparam("was"), _NOBODYS)
_MOVE = update(operations).where(_THIS, operations.c.state.in_(bindparam("sources", expanding=True)))
