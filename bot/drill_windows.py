"""The outages of a probe as windows of a timeline.  Pure."""

from collections.abc import Sequence
from datetime import datetime

from bot.outages import Outage, outages, told
from bot.probe import Probe, Sample
from bot.timeline import Window


def windows(probe: Probe, samples: Sequence[Sample], end: datetime) -> tuple[Window, ...]:
    """Those until then, in order; one that lasts ends where the axis does."""
    asked = [one for one in told(samples, probe) if one.at <= end]
    return tuple(_window(one, end) for one in outages(asked))


def _window(one: Outage, end: datetime) -> Window:
    first, *later = one.stretches
    errors = ((first.error, one.began.at), *((each.error, each.since) for each in later))
    return Window(one.began.at, one.ended.at if one.ended else end, one.ended is not None, errors)
