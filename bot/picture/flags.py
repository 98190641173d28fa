"""Flags on a timeline: a number each, side by side where two are close; lines below say what they are.

Who says it is seen by the shape, not by a colour: a square is toban's, a circle AWS's, a diamond a person's.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.picture.plot import Corners
from bot.timeline import Flag, Sign

SIZE, APART, ROWS = 34, 38, 3  # pixels: a flag, from one to the next; rows


@dataclass(frozen=True, slots=True)
class Placed:
    """A flag, where its pole is, and where it hangs."""

    number: int
    flag: Flag
    pole: float  # pixels from the left
    x: float
    row: int  # the lowest is 0


def placed(flags: Sequence[tuple[float, Flag]], right: float) -> tuple[Placed, ...]:
    """Each on the lowest row where it hangs at its pole, or beside the last one of a row."""
    made: list[Placed] = []
    ends = [-math.inf] * ROWS
    for number, (pole, flag) in enumerate(flags, 1):
        row = next((row for row, end in enumerate(ends) if end + APART <= pole), None)
        if row is None:
            row = min(range(ROWS), key=ends.__getitem__)
        ends[row] = min(max(pole, ends[row] + APART), right)
        made.append(Placed(number, flag, pole, ends[row], row))
    return tuple(made)


def shape(sign: Sign, x: float, y: float, size: float = SIZE) -> Corners:
    """What a flag of this sign looks like around a point."""
    half = size / 2
    match sign:
        case Sign.AWS:
            turns = (math.tau * part / 16 for part in range(16))
            return tuple((x + half * math.cos(turn), y + half * math.sin(turn)) for turn in turns)
        case Sign.TOBAN:
            near = half * 0.9
            return ((x - near, y - near), (x - near, y + near), (x + near, y + near), (x + near, y - near))
        case Sign.PERSON:
            far = half * 1.25
            return ((x - far, y), (x, y + far), (x + far, y), (x, y - far))
