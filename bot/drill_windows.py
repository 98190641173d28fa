"""The windows in which a probe was not answered well, from its samples.  Pure."""

from collections.abc import Sequence
from datetime import datetime

from bot.probe import Probe, Sample
from bot.timeline import Window


def windows(probe: Probe, samples: Sequence[Sample], end: datetime) -> tuple[Window, ...]:
    """From the first answer that was not well to the next that was; one that is not over ends at `end`.

    Each edge may be one interval of the probe too late; what could not be asked says nothing.
    """
    made: list[Window] = []
    errors: list[tuple[str, datetime]] = []
    for one in samples:
        if one.probe != probe.name or not one.tells or one.at > end:
            continue
        if one.ok and errors:
            made.append(Window(errors[0][1], one.at, errors=tuple(errors)))
            errors = []
        elif not one.ok and (not errors or errors[-1][0] != one.error):
            errors.append((one.error, one.at))
    last = [Window(errors[0][1], end, over=False, errors=tuple(errors))] if errors else []
    return (*made, *last)
