"""Events as they came: each once, whatever AWS delivers."""

import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from bot import words
from bot.event import Event
from bot.store.event_schema import events
from bot.trouble import Came
from bot.words import Words

ENVELOPE = 60_000  # characters that are kept; EventBridge and SQS take 256 KB


class Outcome(StrEnum):
    """What became of an event."""

    TOLD = "told"  # its trouble tells of it
    LATE = "late"  # something newer of its trouble had come before
    SILENCED = "silenced"  # somebody did not want to hear of it
    REFUSED = "refused"  # it is forged, or of an account that is not ours
    ASIDE = "set aside"  # nobody can read it


def is_known(tx: Connection, key: str) -> bool:
    """Whether this event was here before."""
    return tx.execute(_KNOWN, {"this": key}).first() is not None


def trouble_of(tx: Connection, key: str) -> int | None:
    """The trouble that an event moved; None when it moved none."""
    found: int | None = tx.execute(select(events.c.trouble).where(events.c.key == key)).scalar()
    return found


def newest(tx: Connection, most: int, *, trouble: int | None = None) -> Sequence[Came]:
    """The newest events, of one trouble if one is named."""
    query = select(events).order_by(events.c.id.desc()).limit(most)
    return [
        _came(row)
        for row in tx.execute(query if trouble is None else query.where(events.c.trouble == trouble))
    ]


def count(tx: Connection, outcome: Outcome, since: datetime) -> int:
    """How many came to this since then."""
    query = select(func.count()).where(events.c.outcome == outcome, events.c.came >= since)
    return int(tx.execute(query).scalar_one())


def add(
    tx: Connection,
    event: Event,
    *,
    queue: str,
    came: datetime,
    outcome: Outcome,
    trouble: int | None = None,
    why: Words | None = None,
) -> bool:
    """Store an event; False: it was here before."""
    said = json.dumps(event.envelope, ensure_ascii=False, default=str)
    text = said.encode(errors="replace").decode()  # half a character is none that could be stored
    row = {
        "key": event.key,
        "queue": queue,
        "source": event.source[:100],
        "kind": event.kind[:200],
        "account": event.account[:60],
        "region": event.region[:30],
        "at": event.at,
        "came": came,
        "envelope": text if len(text) <= ENVELOPE else json.dumps({"clipped": text[:ENVELOPE]}),
        "outcome": outcome,
        "why": why and words.to_json(why),
        "trouble": trouble,
    }
    return tx.execute(_NEW, row).first() is not None


def prune(tx: Connection, before: datetime, most: int) -> int:
    """Delete so many of the events that came before then, the oldest first; returns how many it were."""
    old = select(events.c.id).where(events.c.came < before).order_by(events.c.came).limit(most)
    return tx.execute(delete(events).where(events.c.id.in_(old))).rowcount


def _came(row: Any) -> Came:
    why = row.why and words.from_json(row.why)
    return Came(row.at, row.source, row.kind, row.account, row.outcome, row.trouble, why)


# Statements of the busiest moments, built once: building one costs as much as running it.
_KNOWN = select(events.c.id).where(events.c.key == bindparam("this"))
_NEW = insert(events).on_conflict_do_nothing(index_elements=[events.c.key]).returning(events.c.id)
