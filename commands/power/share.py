"""How much of the time office hours are open.  Pure."""

from datetime import datetime, timedelta
from decimal import Decimal

from bot.hours import Hours, is_open, switches

FOUR_WEEKS = timedelta(weeks=4)  # whole weeks, and long enough for a holiday not to decide


def share(hours: Hours, since: datetime, until: datetime) -> Decimal:
    """The part of a span of time, from 0 to 1, in which something that keeps these hours runs."""
    opened, running, at = is_open(hours, since), timedelta(0), since
    for moment in switches(hours, since, until):
        running += moment - at if opened else timedelta(0)
        opened, at = not opened, moment
    running += until - at if opened else timedelta(0)
    return Decimal(int(running.total_seconds())) / Decimal(int((until - since).total_seconds()))


def to_come(hours: Hours, now: datetime) -> Decimal:
    """The same of the four weeks to come."""
    return share(hours, now, now + FOUR_WEEKS)


def percent(part: Decimal) -> str:
    """A part of the time as people read it: 27 %."""
    return f"{(part * 100).quantize(Decimal(1))} %"
