"""When a schedule is due.  Pure, and the one truth for the next run, for catching up and for asking.

A run belongs to its local date and time.  A time that comes twice, in autumn, is due the first time; a
time that does not exist, in spring, is due once, at the first moment after the gap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot import wall
from bot.schedule import Schedule

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # in the order of date.weekday()
DAY = timedelta(days=1)
FARTHEST = timedelta(days=10)  # one weekday comes every seven days, and a zone may skip a date


@dataclass(frozen=True, slots=True)
class Due:
    """One run of a schedule."""

    local: str  # date and time as the schedule says them: 2026-11-01T01:30; the run's name for ever
    at: datetime  # when that is, in UTC


def dues(schedule: Schedule, after: datetime, until: datetime) -> list[Due]:
    """The runs after one moment and up to another, the earliest first.  Both moments carry their zone."""
    zone, clock = ZoneInfo(schedule.zone), time.fromisoformat(schedule.time)
    found = []
    for day in _days(wall.aware(after), wall.aware(until), zone):
        if WEEKDAYS[day.weekday()] in schedule.days:
            at = wall.moment(datetime.combine(day, clock), zone)
            if after < at <= until:
                found.append(Due(f"{day}T{schedule.time}", at))
    return found


def due_times(schedule: Schedule, after: datetime, until: datetime) -> list[datetime]:
    """The moments of `dues`, in UTC."""
    return [due.at for due in dues(schedule, after, until)]


def next_due(schedule: Schedule, after: datetime) -> datetime | None:
    """The next moment; None when no weekday of the schedule comes."""
    return next(iter(due_times(schedule, after, after + FARTHEST)), None)


def _days(after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[date]:
    """Local dates that may hold a due time; the last is tomorrow's, where a zone goes back over midnight."""
    day, last = after.astimezone(zone).date(), until.astimezone(zone).date() + DAY
    while day <= last:
        yield day
        day += DAY
