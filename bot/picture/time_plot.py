"""Where things are in the picture of a timeline, in pixels from the lower left corner.

From top to bottom: the title, the stages, flags, a lane for each probe, how long answers took, the axis, and
what the flags say.  Everything keeps its size and the picture grows: it is read on a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.picture.flags import Placed, placed
from bot.picture.millis import Millis, millis
from bot.picture.plot import Corners
from bot.timeline import Timeline, Window

WIDTH, LEFT, RIGHT = 1200, 128, 40
TITLE, BAND, ROW, NAME, ANSWERS, AXIS, LINE, EDGE = 92, 40, 44, 42, 220, 60, 40, 22
LANES = (200, 130, 92)  # how high one lane is, with one, two, or more of them
TICKS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400)  # seconds
FEW = 8  # ticks


@dataclass(frozen=True, slots=True)
class TimePlot:
    """The places of one timeline."""

    line: Timeline
    flags: tuple[Placed, ...]
    millis: Millis | None  # None: nobody was answered

    @classmethod
    def of(cls, line: Timeline) -> "TimePlot":
        """The plot that has room for it."""
        bare = cls(line, (), millis(line))
        return cls(line, placed([(bare.x(flag.at), flag) for flag in line.flags], WIDTH - RIGHT), bare.millis)

    @property
    def height(self) -> int:
        """Of the whole picture."""
        lines = len(self.flags) + bool(self.flags) + bool(self.line.left_out)
        return self._above + self._lanes + self._answers + AXIS + lines * LINE + EDGE

    @property
    def band(self) -> tuple[float, float]:
        """The stages, from below to above."""
        return self.height - TITLE - BAND + 4, float(self.height - TITLE)

    @property
    def bottom(self) -> float:
        """Of all that has the axis below it."""
        return self.height - self._above - self._lanes - self._answers

    @property
    def answers(self) -> tuple[float, float]:
        """How long answers took, from below to above."""
        return self.bottom, self.bottom + self._answers - NAME

    @property
    def legend(self) -> float:
        """The middle of the first line of what the flags say."""
        return self.bottom - AXIS - LINE / 2

    def x(self, at: datetime) -> float:
        """Where a moment is; what lies outside is at the edge."""
        share = (at - self.line.begin) / (self.line.end - self.line.begin)
        return LEFT + min(1.0, max(0.0, share)) * (WIDTH - LEFT - RIGHT)

    def at(self, step: float) -> float:
        """Where the step of this number begins."""
        return LEFT + step * (WIDTH - LEFT - RIGHT) / self.line.steps

    def row(self, number: int) -> float:
        """The middle of a row of flags, the lowest first."""
        return self.height - self._above + ROW * (number + 0.5)

    def lane(self, number: int) -> tuple[float, float]:
        """A probe's lane, from below to above: from none to all that was well."""
        top = self.height - self._above - number * (self._lane + NAME) - NAME
        return float(top - self._lane), float(top)

    def y(self, took: int) -> float:
        """How high so many milliseconds are."""
        low, high = self.answers
        return low + (self.millis.share(took) if self.millis else 0.0) * (high - low)

    def shaded(self, window: Window, number: int) -> Corners:
        """A window in its lane; one that is too short to be seen becomes three pixels wide."""
        left, right = self.x(window.begin), self.x(window.end)
        return box(left, max(right, left + 3), *self.lane(number))

    def ticks(self) -> Sequence[tuple[float, timedelta]]:
        """Round lengths of time from the moment from which people count, and where they are."""
        line = self.line
        seconds = (line.end - line.begin).total_seconds()
        step = next((one for one in TICKS if seconds / one <= FEW), seconds)
        first = -int((line.zero - line.begin).total_seconds() // step)
        last = int((line.end - line.zero).total_seconds() // step)
        after = [timedelta(seconds=step * number) for number in range(first, last + 1)]
        return [(self.x(line.zero + one), one) for one in after]

    @property
    def _above(self) -> int:
        return TITLE + BAND + ROW * (max((one.row + 1 for one in self.flags), default=0))

    @property
    def _lane(self) -> int:
        return LANES[min(len(self.line.tracks), len(LANES)) - 1] if self.line.tracks else LANES[-1]

    @property
    def _lanes(self) -> int:
        return len(self.line.tracks) * (self._lane + NAME)

    @property
    def _answers(self) -> int:
        return ANSWERS + NAME if self.millis else 10


def box(left: float, right: float, low: float, high: float) -> Corners:
    """A rectangle."""
    return ((left, low), (left, high), (right, high), (right, low))
