"""A clock that can be pushed: what is due at a moment is asked by its owner, through the front door.

The bot's own clock stays as it is; nothing in the product knows of this.  For each schedule that is due,
its owner types `/schedule run NAME` in the schedule's channel, and everybody can see that.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.schedule import Schedule
from jobs.due import due_times, next_due
from playground.slack.errors import CannotDoError, Refusal
from playground.slack.office import Outcome

Type = Callable[[str, str, str], Outcome]  # person, channel, line
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Run:
    """A schedule at the next moment it is due, in its own zone."""

    schedule: Schedule
    at: datetime


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for a schedule that is due, and what went wrong with it."""

    schedule: Schedule
    line: str
    trouble: str


def upcoming(schedules: Sequence[Schedule], now: datetime) -> list[Run]:
    """Return each schedule's next run, the earliest first."""
    runs = [(one, next_due(one, now)) for one in schedules]
    found = [Run(one, at.astimezone(ZoneInfo(one.zone))) for one, at in runs if at is not None]
    return sorted(found, key=lambda run: run.at)


def moment(said: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next moment at which a clock shows "01:00", or the one that is told as "2026-11-22T01:00".

    Raises ValueError when that is neither.
    """
    if "T" in said:
        return datetime.fromisoformat(said).replace(tzinfo=zone)
    hour, minute = (int(part) for part in said.split(":"))
    there = now.astimezone(zone)
    shown = there.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return shown if shown > there else shown + timedelta(days=1)


def push(schedules: Sequence[Schedule], at: datetime, types: Type) -> list[Typed]:
    """Type what is due in the minute of this moment; return what was typed, in order."""
    due = [one for one in schedules if due_times(one, at - MINUTE, at)]
    return [_typed(one, types) for one in due]


def _typed(one: Schedule, types: Type) -> Typed:
    line = f"/schedule run {one.name}"
    try:
        outcome = types(one.owner, one.channel, line)
    except (CannotDoError, Refusal) as error:
        return Typed(one, line, str(error))
    return Typed(one, line, outcome.why)
