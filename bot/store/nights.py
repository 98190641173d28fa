"""The runs of one verb, for those who rely on it every night; also those that never were."""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, func, or_, select

from bot import words
from bot.brief import MISSED, NightBrief
from bot.operation import State
from bot.schedule import Schedule
from bot.store.schedules import Standing
from bot.store.schema import asks, operations, schedule_approvals
from bot.store.schema import tellings as told
from bot.words import Words
from bot.words import words as _

SLACK = timedelta(minutes=5)  # in which the clock looks, several times, at what fell due

NextDue = Callable[[Schedule, datetime], datetime | None]


def of(tx: Connection, line: str, since: datetime) -> list[NightBrief]:
    """The operations whose line begins with these words, asked since then, the newest first."""
    query = (
        select(
            operations.c.id,
            operations.c.state,
            operations.c.reason,
            operations.c.started,
            operations.c.ended,
            asks.c.at,
            asks.c.line,
            asks.c.person,
            asks.c.schedule,
            *(column.label(f"told_{column.name}") for column in told.c if column.name != "file_text"),
        )
        .join(asks, asks.c.id == operations.c.id)
        .outerjoin(told, told.c.operation == operations.c.id)
        .where(or_(asks.c.line == line, asks.c.line.startswith(f"{line} ", autoescape=True)))
        .where(asks.c.at >= since)
        .order_by(operations.c.id.desc())
    )
    return [_night(row) for row in tx.execute(query)]


def known_since(tx: Connection, schedule: str) -> datetime | None:
    """When a schedule was first asked or agreed to; None: there is no sign that it was ever at work."""
    asked = tx.execute(select(func.min(asks.c.at)).where(asks.c.schedule == schedule)).scalar()
    of_it = schedule_approvals.c.name == schedule
    agreed = tx.execute(select(func.min(schedule_approvals.c.at)).where(of_it)).scalar()
    return min((one for one in (asked, agreed) if one is not None), default=None)


def dates(tx: Connection, schedule: str, since: datetime) -> frozenset[date]:
    """The local dates whose runs were asked; a run's key ends with its date and time."""
    query = select(asks.c.key).where(asks.c.schedule == schedule, asks.c.at >= since)
    runs = (key.removeprefix(f"schedule/{schedule}/") for key in tx.execute(query).scalars())
    return frozenset(date.fromisoformat(run[:10]) for run in runs if run[:4].isdecimal())


def _night(row: Row[Any]) -> NightBrief:
    has_words = row.told_operation is not None
    return NightBrief(
        at=row.at,
        number=row.id,
        state=row.state,
        line=f"/{row.line}",
        person=row.person,
        schedule=row.schedule,
        took=row.ended - row.started if row.started and row.ended else None,
        summary=words.from_json(row.told_summary) if has_words else None,
        lines=tuple(words.from_json(line) for line in row.told_lines) if has_words else (),
        well=row.told_well if has_words else row.state == State.DONE,
        why=words.from_json(row.reason) if row.reason else None,
    )


# -- nights that never were; pure ---------------------------------------------------------------------


def missed(
    schedule: Schedule,
    asked: Collection[date],
    since: datetime,
    now: datetime,
    next_due: NextDue,
    stands: Standing | None,
) -> list[NightBrief]:
    """The runs that fell due since then and were not asked, by their local dates.

    A date is what a daily run belongs to, so that a schedule that was moved to another hour shows no
    false ones.
    """
    found, zone = [], ZoneInfo(schedule.zone)
    due = next_due(schedule, since)
    while due is not None and due < now - SLACK:
        if due.astimezone(zone).date() not in asked:
            found.append(_brief(schedule, due, stands))
        due = next_due(schedule, due)
    return found


def _why(schedule: Schedule, due: datetime, stands: Standing | None) -> Words:
    """Why a run never was, as far as it is still known."""
    if stands and stands.disabled:
        return _("the schedule {name} is disabled: {why}", name=schedule.name, why=stands.disabled)
    if stands and stands.paused_at and stands.paused_at <= due:
        return _("the schedule {name} is paused by {person}", name=schedule.name, person=stands.paused_by)
    if stands and stands.skips == due:
        return _("somebody asked the schedule {name} to skip this run", name=schedule.name)
    return _("toban was not at work when the schedule {name} fell due", name=schedule.name)


def _brief(schedule: Schedule, due: datetime, stands: Standing | None) -> NightBrief:
    return NightBrief(
        at=due,
        number=None,
        state=MISSED,
        line=f"/{schedule.line}",
        person=schedule.owner,
        schedule=schedule.name,
        took=None,
        summary=None,
        lines=(),
        well=False,
        why=_why(schedule, due, stands),
    )
