"""Waits: what is awaited of AWS, when to look next, and until when.  A wait is a row, never a thread."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from aws.account import Place
from bot import words
from bot.canonical import step_from_json
from bot.command import Sent
from bot.store.schema import steps, waits


@dataclass(frozen=True, slots=True)
class Group:
    """What one poller looks at with one Describe."""

    action: str
    place: Place


@dataclass(frozen=True, slots=True)
class Wait:
    """One step whose result AWS does not show yet."""

    step: int
    operation: int
    sent: Sent
    since: datetime
    deadline: datetime


def due(tx: Connection, now: datetime) -> tuple[Group, ...]:
    """The groups in which a look is due."""
    columns = (waits.c.action, waits.c.account, waits.c.region)
    query = select(*columns).where(waits.c.next_look <= now).distinct()
    return tuple(Group(action, Place(account, region)) for action, account, region in tx.execute(query))


def next_look(tx: Connection) -> datetime | None:
    """When the next look is due; None: nothing is awaited."""
    earliest: datetime | None = tx.execute(select(func.min(waits.c.next_look))).scalar_one()
    return earliest


def of(tx: Connection, group: Group, now: datetime, most: int) -> tuple[Wait, ...]:
    """What is due in this group, the longest due first."""
    query = (
        select(waits, steps.c.body, steps.c.result)
        .join(steps, steps.c.id == waits.c.step)
        .where(
            waits.c.action == group.action,
            waits.c.account == group.place.account,
            waits.c.region == group.place.region,
            waits.c.next_look <= now,
        )
        .order_by(waits.c.next_look)
        .limit(most)
    )
    return tuple(
        Wait(row.step, row.operation, Sent(step_from_json(row.body), row.result), row.since, row.deadline)
        for row in tx.execute(query)
    )


def awaited(tx: Connection, ids: Collection[int]) -> tuple[int, ...]:
    """Which of these steps are still awaited."""
    return tuple(tx.execute(select(waits.c.step).where(waits.c.step.in_(ids))).scalars())


def add(
    tx: Connection,
    operation: int,
    group: Group,
    ids: Collection[int],
    now: datetime,
    *,
    first: timedelta,
    within: timedelta,
) -> None:
    """Await the result of these steps."""
    common: dict[str, Any] = {
        "operation": operation,
        "action": group.action,
        "account": group.place.account,
        "region": group.place.region,
        "since": now,
        "next_look": now + first,
        "deadline": now + within,
    }
    tx.execute(insert(waits), [{"step": step, **common} for step in ids])


def look_again(tx: Connection, ids: Collection[int], at: datetime, shows: words.Words | None) -> None:
    """Nothing new: look again then."""
    stored = {"next_look": at} | ({"shows": words.to_json(shows)} if shows else {})
    tx.execute(update(waits).where(waits.c.step.in_(ids)).values(**stored))


def end(tx: Connection, ids: Collection[int]) -> None:
    """Await these no more."""
    tx.execute(delete(waits).where(waits.c.step.in_(ids)))
