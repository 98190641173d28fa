"""Waits: what is awaited of AWS, when to look next, and until when.  A wait is a row, never a thread."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, null, select, update

from aws.account import Place
from bot import words
from bot.canonical import step_from_json
from bot.command import Sent
from bot.operation import StepState
from bot.store.schema import steps, waits

_ANY = select(waits.c.step).limit(1)


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


def hurry(tx: Connection, place: Place, ids: Collection[str], at: datetime) -> int:
    """Look at once at what is awaited of these resources; how many steps that are.

    AWS says that something has happened; what it shows when it is looked at is the truth all the same.
    """
    if tx.execute(_ANY).first() is None:  # as mostly, at the thousandth event of a storm too
        return 0
    about = select(steps.c.id).where(
        steps.c.state == StepState.AWAITING,
        steps.c.account == place.account,
        steps.c.region == place.region,
        steps.c.resource.in_(ids) | steps.c.result.in_(ids),
    )
    hurried = update(waits).where(waits.c.step.in_(about), waits.c.next_look > at).values(next_look=at)
    return int(tx.execute(hurried).rowcount)


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


@dataclass(frozen=True, slots=True)
class Awaited:
    """One step that is awaited from now on."""

    step: int
    operation: int
    group: Group
    within: timedelta  # until the step has failed


def add(tx: Connection, awaited: Sequence[Awaited], now: datetime, first: datetime) -> None:
    """Await the results of these steps; the first look is due then."""
    new = [
        {
            "step": one.step,
            "operation": one.operation,
            "action": one.group.action,
            "account": one.group.place.account,
            "region": one.group.place.region,
            "since": now,
            "next_look": first,
            "deadline": now + one.within,
        }
        for one in awaited
    ]
    if new:
        tx.execute(_NEW, new)


def look_again(tx: Connection, shows: Mapping[int, words.Words], at: datetime) -> None:
    """These are not there yet: what AWS shows of each now; look again then."""
    if shows:
        tx.execute(
            _LATER, [{"one": step, "at": at, "what": words.to_json(seen)} for step, seen in shows.items()]
        )


def look_now(tx: Connection, operation: int, group: Group, now: datetime) -> None:
    """The first look at what is awaited here is due now: there will be no more to look at together."""
    tx.execute(
        _NOW,
        {
            "number": operation,
            "of": group.action,
            "at": now,
            "in_account": group.place.account,
            "in_region": group.place.region,
        },
    )


def end(tx: Connection, ids: Collection[int]) -> None:
    """Await these no more."""
    tx.execute(delete(waits).where(waits.c.step.in_(ids)))


_NEW = insert(waits)
_LATER = (
    update(waits)
    .where(waits.c.step == bindparam("one"))
    .values(next_look=bindparam("at", type_=waits.c.next_look.type), shows=bindparam("what"))
)
_NOW = (
    update(waits)
    .where(
        waits.c.operation == bindparam("number"),
        waits.c.action == bindparam("of"),
        waits.c.account == bindparam("in_account"),
        waits.c.region == bindparam("in_region"),
        waits.c.shows.is_(null()),
        waits.c.next_look > bindparam("at", type_=waits.c.next_look.type),
    )
    .values(next_look=bindparam("at", type_=waits.c.next_look.type))
)
