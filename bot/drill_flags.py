"""Marks as flags, few enough to be told apart: those of one sign and close in time become one.  Pure."""

from collections.abc import Sequence
from datetime import timedelta

from bot.drill import Mark, Source
from bot.timeline import Flag, Sign
from bot.words import plural

MOST = 10  # flags that a picture has room for
CALLS = timedelta(seconds=1)  # between calls of toban's that are one deed
GAPS = tuple(timedelta(seconds=seconds) for seconds in (0, 1, 2, 5, 10, 20, 60, 300, 1800))


def flags(marks: Sequence[Mark]) -> tuple[Flag, ...]:
    """In order; gathered no more than it takes."""
    ordered = sorted(marks, key=lambda one: one.at)
    made = (_gathered(ordered, gap) for gap in GAPS)
    groups = next((few for few in made if len(few) <= MOST), None) or _gathered(ordered, timedelta.max)
    return tuple(map(_flag, groups))


def _gathered(marks: Sequence[Mark], gap: timedelta) -> list[list[Mark]]:
    """A group ends where its sign was silent for longer than this."""
    groups: list[list[Mark]] = []
    open_: dict[tuple[str, bool], list[Mark]] = {}
    for one in marks:
        kind = (one.source, one.way_back)
        group = open_.get(kind)
        near = max(gap, CALLS) if one.source is Source.TOBAN else gap
        if group is None or not near or one.at - group[-1].at > near:
            open_[kind] = group = []
            groups.append(group)
        group.append(one)
    return groups


def _flag(group: Sequence[Mark]) -> Flag:
    first, more = group[0], len(group) - 1
    said = (
        plural("{first}, and {n} more", "{first}, and {n} more", more, first=first.said)
        if more
        else first.said
    )
    return Flag(first.at, Sign(first.source), said)
