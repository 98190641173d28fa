"""Schedules: the config or chat says what they are; these rows say who agreed, and how they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from bot import words
from bot.brief import Brief
from bot.store.schema import asks, operations, schedule_approvals, schedules


@dataclass(frozen=True, slots=True)
class Standing:
    """How a schedule stands."""

    digest: str
    disabled: words.Words | None
    seen_until: datetime
    paused_by: str = ""  # "": it is not paused
    paused_at: datetime | None = None
    skips: datetime | None = None  # the one due time that is passed over


def agreed(tx: Connection, name: str, digest: str) -> frozenset[str]:
    """Who agreed to this schedule as it reads now."""
    query = select(schedule_approvals.c.person).where(
        schedule_approvals.c.name == name, schedule_approvals.c.digest == digest
    )
    return frozenset(tx.execute(query).scalars())


def agreements(tx: Connection) -> Mapping[tuple[str, str], frozenset[str]]:
    """Who agreed to each schedule, by its name and how it read."""
    found: dict[tuple[str, str], set[str]] = {}
    for name, digest, person in tx.execute(_AGREEMENTS):
        found.setdefault((name, digest), set()).add(person)
    return {spot: frozenset(people) for spot, people in found.items()}


def standings(tx: Connection) -> Mapping[str, Standing]:
    """Every schedule that was ever seen."""
    return {row.name: _standing(row) for row in tx.execute(select(schedules))}


def standing(tx: Connection, name: str) -> Standing | None:
    """How one schedule stands; None when it was never seen."""
    row = tx.execute(_ONE, {"name": name}).first()
    return None if row is None else _standing(row)


def _standing(row: Row[Any]) -> Standing:
    return Standing(
        row.digest,
        words.from_json(row.disabled) if row.disabled else None,
        row.seen_until,
        row.paused_by,
        row.paused_at,
        row.skips,
    )


def last_run(tx: Connection, name: str) -> Brief | None:
    """The newest operation that a schedule asked for; None when it never did."""
    row = tx.execute(_LAST_RUN, {"schedule": name}).first()
    return None if row is None else Brief(*row)


def last_runs(tx: Connection) -> Mapping[str, Brief]:
    """The newest operation of each schedule that was ever seen; those without one are absent."""
    return {name: Brief(*row) for name, *row in tx.execute(_LAST_RUNS)}


def note(tx: Connection, name: str, digest: str, now: datetime) -> None:
    """A schedule is in the config: new from now on; one that was edited is enabled again."""
    found = tx.execute(select(schedules.c.digest).where(schedules.c.name == name)).scalar()
    if found is None:
        tx.execute(insert(schedules).values(name=name, digest=digest, seen_until=now))
    elif found != digest:
        tx.execute(
            update(schedules)
            .where(schedules.c.name == name)
            .values(digest=digest, disabled=None, seen_until=now)
        )


def saw(tx: Connection, name: str, until: datetime) -> None:
    """Due times up to here were asked or passed over."""
    tx.execute(
        update(schedules)
        .where(schedules.c.name == name, schedules.c.seen_until < until)
        .values(seen_until=until)
    )


def disable(tx: Connection, name: str, why: words.Words) -> None:
    """It does not run any more until it is edited or approved again."""
    tx.execute(update(schedules).where(schedules.c.name == name).values(disabled=words.to_json(why)))


def pause(tx: Connection, name: str, person: str, at: datetime) -> None:
    """It does not run until it is resumed; who paused it first stands there."""
    tx.execute(
        update(schedules)
        .where(schedules.c.name == name, schedules.c.paused_by == "")
        .values(paused_by=person, paused_at=at)
    )


def resume(tx: Connection, name: str, at: datetime) -> None:
    """It runs again, from now on: what fell due meanwhile is passed over."""
    tx.execute(update(schedules).where(schedules.c.name == name).values(paused_by="", paused_at=None))
    saw(tx, name, at)


def skip(tx: Connection, name: str, due: datetime) -> None:
    """It passes over the run of this moment; one at a time."""
    tx.execute(update(schedules).where(schedules.c.name == name).values(skips=due))


def approve(tx: Connection, name: str, digest: str, person: str, at: datetime) -> None:
    """One person agrees to the schedule as it reads now; the second time changes nothing."""
    try:
        with tx.begin_nested():
            tx.execute(insert(schedule_approvals).values(name=name, digest=digest, person=person, at=at))
    except IntegrityError:
        return  # this person agreed before
    tx.execute(update(schedules).where(schedules.c.name == name).values(disabled=None))


_ONE = select(schedules).where(schedules.c.name == bindparam("name"))
_AGREEMENTS = select(schedule_approvals.c.name, schedule_approvals.c.digest, schedule_approvals.c.person)
_IN_BRIEF = (operations.c.id, operations.c.state, literal("/") + asks.c.line, asks.c.person, asks.c.at)
_LAST_RUN = (
    select(*_IN_BRIEF)
    .join(asks, asks.c.id == operations.c.id)
    .where(asks.c.schedule == bindparam("schedule"))
    .order_by(asks.c.id.desc())
    .limit(1)
)
_NEWEST = asks.alias("newest")  # looked up for each by itself: nothing of what ran before is read
_NEWEST_ASK = select(func.max(_NEWEST.c.id)).where(_NEWEST.c.schedule == schedules.c.name).scalar_subquery()
_LAST_RUNS = select(schedules.c.name, *_IN_BRIEF).select_from(
    schedules.join(asks, asks.c.id == _NEWEST_ASK).join(operations, operations.c.id == asks.c.id)
)
