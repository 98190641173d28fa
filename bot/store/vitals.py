"""How toban's own work stands: what waits, and since when.  Counts of what is open, by its indexes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update

from bot.operation import ENDS, State
from bot.store.drill_schema import drills
from bot.store.outbox import IS_UNSENT, Mail
from bot.store.schema import flags, operations, outbox
from bot.store.shut_channels import SHUT

BEAT = "beat"
OPEN = tuple(state for state in State if state not in ENDS)


@dataclass(frozen=True, slots=True)
class Vitals:
    """As one snapshot shows it."""

    open: Mapping[State, int]  # operations that have not ended
    due_since: datetime | None  # of the operation that waits longest for a worker; None: none waits
    unsent_since: datetime | None  # of the letter that waits longest for Slack
    drills: int  # under way


# -- reads ---------------------------------------------------------------------------------------


def vitals(tx: Connection, now: datetime) -> Vitals:
    """How it stands."""
    counted = {State(state): count for state, count in tx.execute(_BY_STATE)}
    return Vitals(
        open={state: counted.get(state, 0) for state in OPEN},
        due_since=tx.execute(_DUE, {"now": now}).scalar_one(),
        unsent_since=min(
            (at for (at,) in (tx.execute(_NEW).one(), tx.execute(_CHANGED).one()) if at is not None),
            default=None,
        ),
        drills=int(tx.execute(_DRILLS).scalar_one()),
    )


# -- changes -------------------------------------------------------------------------------------


def beat(tx: Connection, now: datetime) -> None:
    """One small write that reaches the disk, as every other does: it fails when none can."""
    if tx.execute(_BEAT, {"at": now}).rowcount == 0:
        tx.execute(insert(flags).values(name=BEAT, value=True, at=now))


_NOBODYS = or_(operations.c.lease_until.is_(None), operations.c.lease_until <= bindparam("now"))
_BY_STATE = (
    select(operations.c.state, func.count()).where(operations.c.state.in_(OPEN)).group_by(operations.c.state)
)
_DUE = select(func.min(operations.c.wake)).where(operations.c.wake <= bindparam("now"), _NOBODYS)
_TO_SLACK = (IS_UNSENT, outbox.c.kind != Mail.EMAIL, outbox.c.error.not_in(SHUT))
"""A mail server may keep a letter for an hour, and means well; that a channel takes nothing is no illness."""
_NEW = select(func.min(outbox.c.created)).where(*_TO_SLACK, outbox.c.sent_version == 0)
_CHANGED = select(func.min(outbox.c.next_try)).where(*_TO_SLACK, outbox.c.sent_version > 0)
_DRILLS = select(func.count()).select_from(drills).where(drills.c.ended.is_(None))
_BEAT = update(flags).where(flags.c.name == BEAT).values(at=bindparam("at"))
