"""What a bot reads again and again though nothing happens: none of it may grow with what there was."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.store import changes, delivery, desk, operations, troubles, vitals, waits
from bot.store.database import Database
from bot.store.delivery import Waits
from tests.bench.figure import Figure
from tests.bench.replicas.long import Long

MOST_MS = 100
ROUNDS = 5


def figures(db: Database, long: Long, kind: str) -> Sequence[Figure]:
    """All of them one after the other: what workers, the outbox, tabs and metrics look at."""
    name = f"all that an idle bot reads, {long.operations * 10:,} lines, {kind}"
    return [Figure(name, min(_round(db, long.end) for _ in range(ROUNDS)), MOST_MS, "ms")]


def _round(db: Database, now: datetime) -> float:
    looks: tuple[Callable[[Connection], object], ...] = (
        lambda tx: operations.is_due(tx, now),
        lambda tx: delivery.due(tx, now, 20, Waits()),
        lambda tx: delivery.upcoming(tx, now),
        lambda tx: delivery.due_mails(tx, now, 20),
        lambda tx: waits.due(tx, now),
        waits.next_look,
        changes.held,
        lambda tx: troubles.to_call(tx, now),
        lambda tx: troubles.to_look(tx, now),
        lambda tx: troubles.telling(tx, now),
        desk.stamp,
        lambda tx: vitals.vitals(tx, now),
    )
    begun = time.perf_counter()
    for look in looks:
        db.read(look)
    return (time.perf_counter() - begun) * 1000
