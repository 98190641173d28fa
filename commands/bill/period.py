"""Which days a report is about, and which it is compared with.  Pure.

Days are AWS's, of UTC.  A day is compared with the same weekday before, a week with the week before, a month
to a day with the month before to the same day.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.costs import Days

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


class Spell(StrEnum):
    """How long the time is that a report is about."""

    DAY = "day"
    WEEK = "week"  # from Monday
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, and those they are compared with."""

    days: Days
    before: Days


def today(moment: datetime) -> date:
    """The day of AWS's that is under way."""
    return moment.astimezone(UTC).date()


def month_day(moment: datetime) -> date:
    """The last day of this month that has ended; on its first day that day itself, which has not."""
    now = today(moment)
    return now if now.day == 1 else now - DAY


def end(day: date) -> datetime:
    """The end of a day of AWS's."""
    return datetime.combine(day + DAY, time(), UTC)


def of_day(day: date) -> Period:
    """A day, and the same weekday before."""
    return Period(Days(day, day), Days(day - WEEK, day - WEEK))


def of_week(until: date) -> Period:
    """The newest whole week that had ended with this day, and the one before."""
    sunday = until - timedelta(days=(until.weekday() + 1) % 7)
    return Period(Days(sunday - 6 * DAY, sunday), Days(sunday - WEEK - 6 * DAY, sunday - WEEK))


def of_month(until: date) -> Period:
    """The newest whole month that had ended with this day, and the one before."""
    last = until if (until + DAY).day == 1 else until.replace(day=1) - DAY
    first = last.replace(day=1)
    return Period(Days(first, last), Days((first - DAY).replace(day=1), first - DAY))


def to_date(day: date) -> Period:
    """The month to this day, and the month before to the same day, or to its end where it is shorter."""
    first = day.replace(day=1)
    last_month = (first - DAY).replace(day=1)
    length = monthrange(last_month.year, last_month.month)[1]
    return Period(Days(first, day), Days(last_month, last_month.replace(day=min(day.day, length))))


def of(spell: Spell, until: date) -> Period:
    """The newest one of this length that had ended with this day."""
    match spell:
        case Spell.DAY:
            return of_day(until)
        case Spell.WEEK:
            return of_week(until)
        case Spell.MONTH:
            return of_month(until)


def this_month(now: date) -> Days:
    """The days of this month that have ended; none on its first."""
    return Days(now.replace(day=1), now - DAY)


def rest_of_month(day: date) -> Days:
    """The days of its month from a day on."""
    return Days(day, day.replace(day=monthrange(day.year, day.month)[1]))


def stretches(days: Sequence[date]) -> list[Days]:
    """Days, in their order, as stretches without a gap."""
    found: list[Days] = []
    for day in days:
        if found and day == found[-1].last + DAY:
            found[-1] = Days(found[-1].first, day)
        else:
            found.append(Days(day, day))
    return found


def named(days: Days) -> str:
    """Days as a report calls them: 2026-11-29, 2026-11, or 2026-11-23..2026-11-29."""
    if len(days) == 1:
        return days.first.isoformat()
    if days == of_month(days.last).days:
        return f"{days.first:%Y-%m}"
    return f"{days.first}..{days.last}"
