"""A break found while the bot runs: noted, reported, and in the way of new changes until it was looked at.

A break never stops a way back.  An acknowledgement is signed with the chain's key, because the table
it lies in is one that can be changed.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.audit.verdict import Break, Verdict
from bot.store.audit import Event, line, write
from bot.store.schema import flags

BREAK = "audit-break"
LOOKED_AT = "audit-break-looked-at"


def note(tx: Connection, key: bytes, verdict: Verdict, at: datetime) -> tuple[Break, ...]:
    """Note the breaks that nobody has acknowledged; returns those that are new, each written to the log.

    Verifying is done before, in a transaction that only reads, because it may take seconds.
    """
    looked_at, noted = _looked_at(tx, key), _noted(tx)
    fresh = tuple(each for each in verdict.breaks if _name(each) not in {*looked_at, *noted})
    if fresh:
        _set(tx, BREAK, [*noted, *map(_name, fresh)], at)
        write(tx, *(line(Event.BREAK_FOUND, at, detail=str(each.said())) for each in fresh))
    return fresh


def is_open(tx: Connection) -> bool:
    """Whether a break waits to be looked at, so that nothing new may be changed."""
    return bool(_noted(tx))


def acknowledge(tx: Connection, key: bytes, person: str, reason: str, at: datetime) -> int:
    """Somebody looked at the breaks that are open; returns how many.  Other breaks will open it again."""
    noted = _noted(tx)
    if noted:
        known = sorted({*_looked_at(tx, key), *noted})
        _set(tx, LOOKED_AT, {"breaks": known, "mark": _mark(key, known)}, at)
        _set(tx, BREAK, [], at)
        write(tx, line(Event.BREAK_ACKNOWLEDGED, at, person=person, detail=reason))
    return len(noted)


def _name(found: Break) -> str:
    return hashlib.sha256(json.dumps(astuple(found)).encode()).hexdigest()


def _noted(tx: Connection) -> list[str]:
    value = _get(tx, BREAK)
    return [str(name) for name in value] if isinstance(value, list) else []


def _looked_at(tx: Connection, key: bytes) -> frozenset[str]:
    """What was acknowledged; nothing, when the acknowledgement is not ours."""
    match _get(tx, LOOKED_AT):
        case {"breaks": [*names], "mark": str(mark)}:
            known = [str(name) for name in names]
            return frozenset(known if hmac.compare_digest(mark, _mark(key, known)) else ())
        case _:
            return frozenset()


def _mark(key: bytes, names: Sequence[str]) -> str:
    return hmac.new(key, json.dumps(["looked at", *names]).encode(), hashlib.sha256).hexdigest()


def _get(tx: Connection, name: str) -> object:
    value: object = tx.execute(select(flags.c.value).where(flags.c.name == name)).scalar_one_or_none()
    return value


def _set(tx: Connection, name: str, value: object, at: datetime) -> None:
    tx.execute(delete(flags).where(flags.c.name == name))
    tx.execute(insert(flags).values(name=name, value=value, at=at))
