"""Office hours: when something shall run, and when it changes.  Pure; the one truth for all who ask.

A reader of the config would say: on these days, from begin to end on the clocks of that zone; not on
holidays and closed dates; on the dates of an exception, the exception's hours instead.  A night belongs to
the date on which it begins.

A leaf of bot/.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot import wall

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # in the order of date.weekday()
DAY = timedelta(days=1)
FARTHEST = timedelta(days=400)  # a calendar that does not change for so long is taken never to


@dataclass(frozen=True, slots=True)
class Span:
    """From begin to end, local times; an end that is not later than the begin is on the next date."""

    begin: time
    end: time

    def __str__(self) -> str:
        """As it is written: ``09:00-19:00``."""
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True, slots=True)
class Dates:
    """One date, or all from the first to the last."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Whether a date is one of them."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """As they are written: ``2026-12-29..2027-01-03``."""
        return f"{self.first}" if self.first == self.last else f"{self.first}..{self.last}"


@dataclass(frozen=True, slots=True)
class Hours:
    """A calendar of office hours."""

    name: str
    span: Span
    days: tuple[str, ...]  # weekday names: mon tue wed thu fri sat sun
    zone: ZoneInfo
    countries: tuple[str, ...] = ()  # whose public holidays are free: JP, US-CA
    holidays: Container[date] = field(
        default=frozenset(), compare=False, repr=False
    )  # those of the countries
    closed: tuple[Dates, ...] = ()
    open: tuple[tuple[Dates, Span], ...] = ()  # goes before all else; of several the first

    def __str__(self) -> str:
        """All of it in one line, so that any edit of the calendar is an edit of the line."""
        said = [f"{self.name}: {','.join(self.days)} {self.span} {self.zone.key}"]
        said += [f"holidays {','.join(self.countries)}"] if self.countries else []
        said += [f"closed {', '.join(map(str, self.closed))}"] if self.closed else []
        said += [f"open {', '.join(f'{dates} {span}' for dates, span in self.open)}"] if self.open else []
        return "; ".join(said)


def on(hours: Hours, day: date) -> Span | None:
    """The hours that begin on a date; None: none."""
    for dates, span in hours.open:
        if day in dates:
            return span
    free = any(day in dates for dates in hours.closed) or day in hours.holidays
    return None if free or WEEKDAYS[day.weekday()] not in hours.days else hours.span


def is_open(hours: Hours, at: datetime) -> bool:
    """Whether a moment, with its zone, is within the hours; the end itself no longer is."""
    today = wall.shown(wall.aware(at), hours.zone).date()
    # Yesterday's night may go on; and where a zone goes back over midnight, tomorrow has begun before.
    some = (_window(hours, day) for day in (today - DAY, today, today + DAY))
    return any(window is not None and window[0] <= at < window[1] for window in some)


def switches(hours: Hours, after: datetime, until: datetime) -> Iterator[datetime]:
    """The moments, in UTC, at which the hours begin or end, after one moment and up to another; in order."""
    first = wall.shown(wall.aware(after), hours.zone).date() - 2 * DAY
    last = wall.shown(wall.aware(until), hours.zone).date() + 2 * DAY
    for window in _windows(hours, first, last):
        for moment in window:
            if moment > until:
                return
            if moment > after:
                yield moment


def next_switch(hours: Hours, after: datetime) -> datetime | None:
    """The next such moment; None when there is none for more than a year."""
    return next(switches(hours, after, after + FARTHEST), None)


Window = tuple[datetime, datetime]


def _windows(hours: Hours, first: date, last: date) -> Iterator[Window]:
    """The times in which they are open, those that touch as one."""
    current: Window | None = None
    for day in (first + DAY * n for n in range((last - first).days + 1)):
        window = _window(hours, day)
        if window is None:
            continue
        if current is not None and window[0] <= current[1]:
            current = current[0], max(current[1], window[1])
            continue
        if current is not None:
            yield current
        current = window
    if current is not None:
        yield current


def _window(hours: Hours, day: date) -> Window | None:
    """The hours that begin on a date, as moments; None also when the clock jumps over all of them."""
    span = on(hours, day)
    if span is None:
        return None
    begin = wall.moment(datetime.combine(day, span.begin), hours.zone)
    ends_on = day if span.begin < span.end else day + DAY
    end = wall.moment(datetime.combine(ends_on, span.end), hours.zone)
    return (begin, end) if begin < end else None
