"""When a schedule is due.  Pure, and the one truth for the next run, for catching up and for asking.

A run belongs to its local date and time.  A time that comes twice, in autumn, is due the first time; a
time that does not exist, in spring, is due once, at the first moment after the gap.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.schedule import Schedule

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # in the order of date.weekday()
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
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
    for day in _days(_aware(after), _aware(until), zone):
        if WEEKDAYS[day.weekday()] in schedule.days:
            at = _moment(datetime.combine(day, clock), zone)
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


def _moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first moment at which a clock on the wall shows this time, or a later one (PEP 495)."""
    there = wall.replace(tzinfo=zone).astimezone(UTC)
    if _wall(there, zone) == wall:
        return there
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)  # read with the clock of after the gap
    seconds = range(int((there - before) / SECOND) + 1)
    return before + SECOND * bisect_left(
        seconds, x=True, key=lambda n: _wall(before + SECOND * n, zone) >= wall
    )


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs its zone: {moment!r}")
    return moment
