"""The axis of milliseconds: even where answers take alike, by powers of ten where they do not."""

import math
from dataclasses import dataclass
from itertools import chain

from bot.timeline import Timeline

APART = 12  # times the least: more, and the least could not be read on an even axis
MOST = 5  # ticks
ROUND = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Millis:
    """From where to where it goes, and the round lengths that are written beside it."""

    low: int
    high: int
    ticks: tuple[int, ...]
    powers: bool  # of ten

    def share(self, took: int) -> float:
        """How high a length is, from 0 to 1."""
        kept = min(max(took, self.low), self.high)
        if self.powers:
            return math.log10(kept / self.low) / math.log10(self.high / self.low)
        return (kept - self.low) / (self.high - self.low)


def millis(line: Timeline) -> Millis | None:
    """The axis that has room for a timeline's answers; None when there are none."""
    every = chain.from_iterable((*track.median, *track.slowest) for track in line.tracks)
    known = [took for took in every if took is not None]
    if not known:
        return None
    least, most = max(1, min(known)), max(1, *known)
    return _powers(least, most) if most > APART * least else _even(most)


def _powers(least: int, most: int) -> Millis:
    first, last = math.floor(math.log10(least)), max(1, math.ceil(math.log10(most)))
    return Millis(10**first, 10**last, tuple(10**power for power in range(first, last + 1)), powers=True)


def _even(most: int) -> Millis:
    power = 10 ** math.floor(math.log10(max(1, most / MOST)))
    step = next(int(one * power) or 1 for one in ROUND if one * power * MOST >= most)
    high = step * math.ceil(most / step)
    return Millis(0, high, tuple(range(0, high + 1, step)), powers=False)


def said(took: int) -> str:
    """Beside a tick: "200 ms", "2 s"; the same in every language."""
    return f"{took} ms" if took < 1000 else f"{took / 1000:g} s"
