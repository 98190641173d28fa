"""Storms: many troubles at once, told in a few messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, insert, select, update

from bot.store.event_schema import storms

QUIET = timedelta(minutes=10)  # without a new trouble a storm is over
AT_ONCE = 6  # storms of a channel with a cause of their own; the rest is one more


@dataclass(frozen=True, slots=True)
class Storm:
    """A storm as it stands; its troubles are rows of theirs."""

    number: int
    channel: str
    cause: str  # "": of what had no room of its own
    began: datetime
    last: datetime


def get(tx: Connection, number: int) -> Storm | None:
    """One storm."""
    row = tx.execute(select(storms).where(storms.c.id == number)).first()
    return None if row is None else Storm(row.id, row.channel, row.cause, row.began, row.last)


def under_way(tx: Connection, channel: str, now: datetime) -> Sequence[Storm]:
    """The storms of a channel that are not over."""
    rows = tx.execute(_UNDER_WAY, {"of": channel, "since": now - QUIET})
    return [Storm(row.id, row.channel, row.cause, row.began, row.last) for row in rows]


def join(tx: Connection, channel: str, cause: str, now: datetime) -> int:
    """The storm that a trouble of this cause belongs to; begun when there is none."""
    there = {storm.cause: storm.number for storm in under_way(tx, channel, now)}
    named = cause if cause in there or len(there.keys() - {""}) < AT_ONCE else ""
    if named in there:
        tx.execute(_JOINED, {"storm": there[named], "now": now})
        return there[named]
    row = {"channel": channel, "cause": named, "began": now, "last": now}
    number: int = tx.execute(insert(storms).returning(storms.c.id), row).scalar_one()
    return number


def count(tx: Connection) -> int:
    """How many there ever were."""
    return int(tx.execute(select(func.count()).select_from(storms)).scalar_one())


# Statements of the busiest moments, built once: building one costs as much as running it.
_UNDER_WAY = select(storms).where(
    storms.c.channel == bindparam("of"), storms.c.last > bindparam("since", type_=storms.c.last.type)
)
_JOINED = (
    update(storms)
    .where(storms.c.id == bindparam("storm"))
    .values(last=bindparam("now", type_=storms.c.last.type))
)
