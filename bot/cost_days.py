"""Which days of a bill are asked for, and which are left alone.  Pure.

Cost Explorer "refreshes your cost data at least once every 24 hours", some of it later, and a month is an
estimate until its invoice is made ("Analyzing your costs with AWS Cost Explorer").
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from bot.costs import Days, DayState

SETTLES = timedelta(hours=72)  # after its end a day hardly changes
INVOICED = (timedelta(days=6), timedelta(days=12))  # after a month's end its days are asked for once more
FRESH = timedelta(hours=6)  # a day that still changes is not asked for again; AWS has news three times a day
MOST = 62  # days in one request
OLDEST = timedelta(days=395)  # AWS keeps days for fourteen months, with the current one


def end(day: date) -> datetime:
    """The end of a day of a bill: midnight in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def is_settled(day: date, asked: datetime, final: bool) -> bool:
    """Whether what was said of a day when it was asked for hardly changes any more."""
    return final or asked >= end(day) + SETTLES


def month_end(day: date) -> datetime:
    """The end of the month of a day."""
    return end((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1))


def is_due(state: DayState, now: datetime) -> bool:
    """Whether a day that is known is asked for again."""
    if state.final:
        return False
    closing = (month_end(state.day) + later for later in INVOICED)
    if any(state.asked < moment <= now for moment in closing):
        return True
    return not state.settled and state.asked < now - FRESH


def due(days: Days, known: Iterable[DayState], now: datetime) -> list[Days]:
    """The stretches of days to ask for, the newest first; each day that may be left alone is left out."""
    states: Mapping[date, DayState] = {state.day: state for state in known}
    today = now.astimezone(UTC).date()
    oldest = today - OLDEST
    wanted = [
        day for day in days if oldest <= day <= today and (day not in states or is_due(states[day], now))
    ]
    stretches: list[Days] = []
    for day in reversed(wanted):
        last = stretches[-1] if stretches else None
        if last and day == last.first - timedelta(days=1) and len(last) < MOST:
            stretches[-1] = Days(day, last.last)
        else:
            stretches.append(Days(day, day))
    return stretches
