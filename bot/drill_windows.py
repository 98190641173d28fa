"""The outages that a verdict counts, as windows of a timeline: the same in picture and report.  Pure."""

from collections.abc import Sequence
from datetime import datetime

from bot.outages import Outage
from bot.timeline import Window


def windows(outages: Sequence[Outage], end: datetime) -> tuple[Window, ...]:
    """In order; one that lasts ends where the axis does."""
    return tuple(_window(one, end) for one in outages)


def _window(one: Outage, end: datetime) -> Window:
    first, *later = one.stretches
    errors = ((first.error, one.began.at), *((each.error, each.since) for each in later))
    return Window(one.began.at, one.ended.at if one.ended else end, one.ended is not None, errors)
