"""Clocks on walls: from a local date and time to a moment, where hours come twice or not at all.

A leaf of bot/: it imports no other part of bot/.
"""

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)


def moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first moment, in UTC, at which a clock on the wall shows this time or a later one (PEP 495).

    A time that comes twice, in autumn, is the first of the two; one that does not exist, in spring, is the
    first moment after the gap.  `wall` carries no zone.
    """
    there = wall.replace(tzinfo=zone).astimezone(UTC)
    if shown(there, zone) == wall:
        return there
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)  # read with the clock of after the gap
    seconds = range(int((there - before) / SECOND) + 1)
    return before + SECOND * bisect_left(
        seconds, x=True, key=lambda n: shown(before + SECOND * n, zone) >= wall
    )


def shown(moment: datetime, zone: ZoneInfo) -> datetime:
    """What a clock on the wall shows at a moment; without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None)


def aware(moment: datetime) -> datetime:
    """The moment itself.  Raises ValueError when nobody could tell which it is, without its zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs its zone: {moment!r}")
    return moment
