"""Errands: on PostgreSQL, word that an operation wants to be looked at, for a worker of any process.

An errand is a job of Procrastinate's.  It is left in the transaction that writes the operation's `wake`, and
says no more than its number: the row says whether it is due and free.  So an errand may come twice or in
vain, and one that is lost is found by whoever leaves all that is due once more.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, case, cast, func, literal, null, select, text
from sqlalchemy.types import UserDefinedType

from bot.store.hurry import IN_A_HURRY
from bot.store.schema import operations

TASK = "look"
USUAL, HURRIED = "operations", "hurried"
"""Procrastinate's queues."""
OLD = timedelta(seconds=3)  # due for so long and still nobody's: its errand may be lost
MOST = 200  # left anew at once
ALIVE, DEAD = 30, 120
"""Seconds since a heartbeat of one of Procrastinate's workers: it may be paused, or its server away."""


def leave(tx: Connection, numbers: Collection[int], at: datetime | None = None) -> None:
    """Have these looked at by a worker, at a moment or now.  Where one file is one process's: nothing."""
    if tx.dialect.name == "postgresql":
        tx.execute(_THESE, {"numbers": list(numbers), "at": at})


def workers(tx: Connection) -> int | None:
    """How many live, of all processes; None where one file is one process's, which works itself."""
    return (
        int(tx.execute(_LIVE, {"seconds": ALIVE}).scalar_one()) if tx.dialect.name == "postgresql" else None
    )


def are_lost(tx: Connection, now: datetime) -> bool:
    """Whether something is due, nobody's, and without an errand."""
    return tx.execute(_LOST, {"now": now, "since": now - OLD, "most": 1}).first() is not None


def leave_lost(tx: Connection, now: datetime) -> None:
    """Leave those anew: of a worker that died, of a database that was copied, of a time without errands."""
    tx.execute(_LOST_ONES, {"now": now, "since": now - OLD, "most": MOST, "at": None})


def forget_dead(tx: Connection) -> None:
    """Clear away what dead workers had in hand: their operations are handed out when their leases end."""
    tx.execute(_PRUNE, {"seconds": DEAD})
    tx.execute(_CLEAR)


class _Job(UserDefinedType[Any]):
    """What Procrastinate's function takes."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Its name."""
        return "procrastinate_job_to_defer_v1"


_AT = bindparam("at", type_=operations.c.wake.type)
_SOON = func.now() + text("interval '250 milliseconds'")  # no two clocks are alike
_QUEUE = case((IN_A_HURRY, literal(HURRIED)), else_=literal(USUAL))
_ARGUMENTS = func.jsonb_build_object(literal("number"), operations.c.id)
_WHEN = case((_AT > _SOON, _AT), else_=null())
_ERRAND = cast(func.row(_QUEUE, literal(TASK), 0, null(), null(), _ARGUMENTS, _WHEN), _Job)
_LEAVE = select(func.procrastinate_defer_jobs_v1(func.array_agg(_ERRAND)))
_THESE = _LEAVE.where(operations.c.id.in_(bindparam("numbers", expanding=True)))

_NOW = bindparam("now", type_=operations.c.wake.type)
_NO_ERRAND = text(
    "not exists (select from procrastinate_jobs j where j.status = 'todo'"
    " and (j.scheduled_at is null or j.scheduled_at <= now())"
    " and (j.args ->> 'number')::int = operations.id)"
)
_LOST = (
    select(operations.c.id)
    .where(
        operations.c.wake <= bindparam("since", type_=operations.c.wake.type),
        operations.c.lease_until.is_(None) | (operations.c.lease_until < _NOW),
        _NO_ERRAND,
    )
    .order_by(operations.c.wake)
    .limit(bindparam("most"))
)
_LOST_ONES = _LEAVE.where(operations.c.id.in_(_LOST))
_LIVE = text(
    "select count(*) from procrastinate_workers where last_heartbeat > now() - :seconds * interval '1 second'"
)
_PRUNE = text("select procrastinate_prune_stalled_workers_v1(:seconds)")
_CLEAR = text("delete from procrastinate_jobs where status <> 'todo' and worker_id is null")
