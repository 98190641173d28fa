"""Drills as rows, with the gates of those that wait for a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot import drill as drills_
from bot import words
from bot.drill import Drill, Gate, Spec
from bot.store.drill_schema import drill_gates, drills
from bot.words import Words

# -- reads ---------------------------------------------------------------------------------------


def get(tx: Connection, number: int) -> Drill | None:
    """One drill."""
    row = tx.execute(_ONE, {"number": number}).first()
    return None if row is None else _drill(row)


def find(tx: Connection, *, open_only: bool = False, most: int = 20) -> tuple[Drill, ...]:
    """The newest first."""
    query = select(drills).order_by(drills.c.operation.desc()).limit(most)
    if open_only:
        query = query.where(drills.c.ended.is_(None))
    return tuple(map(_drill, tx.execute(query)))


def gates(tx: Connection, number: int) -> tuple[Gate, ...]:
    """The gates of an operation that somebody opened, by their stages."""
    query = select(drill_gates).where(drill_gates.c.operation == number).order_by(drill_gates.c.stage)
    return tuple(Gate(row.stage, row.opened_by, row.opened_at) for row in tx.execute(query))


# -- changes -------------------------------------------------------------------------------------


def begin(tx: Connection, number: int, spec: Spec, person: str, at: datetime) -> int:
    """Begin it, once; returns the number of the drill that is under way in its account now."""
    row = {"operation": number, "account": spec.account, "person": person, "begun": at}
    try:
        with tx.begin_nested():
            tx.execute(insert(drills), {**row, "spec": drills_.to_json(spec)})
    except IntegrityError:
        if get(tx, number) is not None:
            return number  # it was begun before
        return int(tx.execute(_OPEN_IN, {"within": spec.account}).scalar_one())
    return number


def change(tx: Connection, number: int, **columns: datetime) -> None:
    """A moment of its life has come: broken, going_back, restored or ended; each is told once."""
    for name, at in columns.items():
        column = drills.c[name]
        tx.execute(update(drills).where(drills.c.operation == number, column.is_(None)).values({name: at}))


def stop(tx: Connection, number: int, why: Words) -> None:
    """It ends before its time, for this reason; the first one counts."""
    tx.execute(
        update(drills)
        .where(drills.c.operation == number, drills.c.stopped.is_(None))
        .values(stopped=words.to_json(why))
    )


def open_gate(tx: Connection, number: int, stage: int, person: str, at: datetime) -> None:
    """Somebody lets it go on; the first one counts."""
    if stage not in {one.stage for one in gates(tx, number)}:
        row = {"operation": number, "stage": stage, "opened_by": person, "opened_at": at}
        tx.execute(insert(drill_gates), row)


def _drill(row: Row[Any]) -> Drill:
    return Drill(
        number=row.operation,
        spec=drills_.from_json(row.spec),
        person=row.person,
        begun=row.begun,
        broken=row.broken,
        returning=row.going_back,
        restored=row.restored,
        ended=row.ended,
        stopped=words.from_json(row.stopped) if row.stopped else None,
    )


_ONE = select(drills).where(drills.c.operation == bindparam("number"))
_OPEN_IN = select(drills.c.operation).where(drills.c.account == bindparam("within"), drills.c.ended.is_(None))
