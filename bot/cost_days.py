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
BRIDGE = 10  # days that may be left alone are asked for as well, where that saves a request
KEPT = 13  # months of days that AWS keeps, beside the current one


def end(day: date) -> datetime:
    """The end of a day of a bill: midnight in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def is_settled(day: date, asked: datetime, final: bool) -> bool:
    """Whether what was said of a day when it was asked for hardly changes any more."""
    return final or asked >= end(day) + SETTLES


def month_end(day: date) -> datetime:
    """The end of the month of a day."""
    return end((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1))


def oldest(today: date) -> date:
    """The oldest day that AWS has: the first of the month thirteen months ago; it refuses to say more."""
    year, month = divmod(today.year * 12 + today.month - 1 - KEPT, 12)
    return date(year, month + 1, 1)


def is_due(state: DayState, now: datetime) -> bool:
    """Whether a day that is known is asked for again."""
    if state.final:
        return False
    closing = (month_end(state.day) + later for later in INVOICED)
    if any(state.asked < moment <= now for moment in closing):
        return True
    return not state.settled and state.asked < now - FRESH


def due(days: Days, known: Iterable[DayState], now: datetime) -> list[Days]:
    """The stretches of days to ask for, the newest first: no final day is in them, and none that is to come.

    Between the days of a month that was invoiced and those that still change lie a few that may be left
    alone: they are asked for with both, in one request instead of two.
    """
    states: Mapping[date, DayState] = {state.day: state for state in known}
    today = now.astimezone(UTC).date()
    first = oldest(today)
    wanted = [
        day for day in days if first <= day <= today and (day not in states or is_due(states[day], now))
    ]
    stretches: list[Days] = []
    for day in reversed(wanted):
        if stretches and _belongs(day, stretches[-1], states):
            stretches[-1] = Days(day, stretches[-1].last)
        else:
            stretches.append(Days(day, day))
    return stretches


def _belongs(day: date, later: Days, states: Mapping[date, DayState]) -> bool:
    """Whether a day is asked for in one request with a stretch that comes after it."""
    between = Days(day + timedelta(days=1), later.first - timedelta(days=1))
    if (later.last - day).days >= MOST or len(between) > BRIDGE:
        return False
    return not any(states[one].final for one in between)
