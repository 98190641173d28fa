"""When a schedule is due.  Pure, and the one truth for the next run, for catching up and for asking.

A run belongs to its local date and time.  A time that comes twice, in autumn, is due the first time; a
time that does not exist, in spring, is due once, at the first moment after the gap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot import wall
from bot.hours import WEEKDAYS, Hours, next_switch, switches
from bot.schedule import DATES, Schedule

DAY = timedelta(days=1)
FARTHEST = timedelta(days=10)  # one weekday comes every seven days, and a zone may skip a date
FARTHEST_DATE = timedelta(days=33)  # one day of the month


@dataclass(frozen=True, slots=True)
class Due:
    """One run of a schedule."""

    local: str  # date and time as the schedule says them: 2026-11-01T01:30; the run's name for ever
    at: datetime  # when that is, in UTC


def dues(schedule: Schedule, after: datetime, until: datetime) -> list[Due]:
    """The runs after one moment and up to another, the earliest first.  Both moments carry their zone."""
    if schedule.hours is not None:
        return _switches(schedule.hours, after, until)
    zone, clock = ZoneInfo(schedule.zone), time.fromisoformat(schedule.time)
    found = []
    for day in _days(wall.aware(after), wall.aware(until), zone):
        if WEEKDAYS[day.weekday()] in schedule.days or _date(day) in schedule.days:
            at = wall.moment(datetime.combine(day, clock), zone)
            if after < at <= until:
                found.append(Due(f"{day}T{schedule.time}", at))
    return found


def due_times(schedule: Schedule, after: datetime, until: datetime) -> list[datetime]:
    """The moments of `dues`, in UTC."""
    return [due.at for due in dues(schedule, after, until)]


def next_due(schedule: Schedule, after: datetime) -> datetime | None:
    """The next moment; None when no weekday of the schedule comes, or its hours do not change."""
    if schedule.hours is not None:
        return next_switch(schedule.hours, after)
    soon = next(iter(due_times(schedule, after, after + FARTHEST)), None)
    if soon is not None or not set(schedule.days) & set(DATES):
        return soon
    return next(iter(due_times(schedule, after + FARTHEST, after + FARTHEST_DATE)), None)


def _switches(hours: Hours, after: datetime, until: datetime) -> list[Due]:
    """The moments at which these hours begin or end; a clock on the wall shows no two of them alike."""
    found = switches(hours, after, until)
    return [Due(f"{wall.shown(at, hours.zone):%Y-%m-%dT%H:%M}", at) for at in found]


def _date(day: date) -> str:
    """Which day of its month; "" for one that not every month has."""
    return DATES[day.day - 1] if day.day <= len(DATES) else ""


def _days(after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[date]:
    """Local dates that may hold a due time; the last is tomorrow's, where a zone goes back over midnight."""
    day, last = after.astimezone(zone).date(), until.astimezone(zone).date() + DAY
    while day <= last:
        yield day
        day += DAY
