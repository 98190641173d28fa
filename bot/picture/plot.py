"""From amounts and labels to pixels; from the lower left corner, as matplotlib counts them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from bot.chart import Chart
from bot.picture import stack
from bot.picture.scale import Scale, scale
from bot.picture.sheet import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH
from bot.picture.stack import Bar
from bot.picture.tall import room

THICK = 0.86  # of a bar, where its label has 1
Corners: TypeAlias = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """The part of the picture that has bars or lines."""

    length: int  # labels from left to right
    scale: Scale

    @classmethod
    def of(cls, chart: Chart) -> "Plot":
        """The plot that has room for a chart, but for bars that are far too high."""
        return cls(max(1, len(stack.places(chart))), scale(*room(chart)))

    def x(self, at: float) -> float:
        """Where the label of this number is; its neighbours' borders are half a number away."""
        return LEFT + (at + 0.5) * (WIDTH - LEFT - RIGHT) / self.length

    def y(self, amount: Decimal) -> float:
        """How high an amount is, or the top when it is cut.  Counted in pixels it becomes a float."""
        share = (min(amount, self.scale.high) - self.scale.low) / (self.scale.high - self.scale.low)
        return BOTTOM + float(share) * (HEIGHT - TOP - BOTTOM)

    def bar(self, bar: Bar) -> Corners:
        """A bar, with a gap between it and its neighbours."""
        return self.box(bar.at, bar.begin, bar.end, THICK)

    def box(self, at: int, begin: Decimal, end: Decimal, thick: float = 1) -> Corners:
        """A rectangle at a label, between two amounts."""
        left, right = self.x(at - thick / 2), self.x(at + thick / 2)
        low, high = self.y(begin), self.y(end)
        return ((left, low), (left, high), (right, high), (right, low))

    def line(self, values: Sequence[Decimal | None]) -> tuple[tuple[float, float], ...]:
        """The corners of a line; not a number where nothing is known, which breaks it."""
        known = (float("nan") if value is None else self.y(value) for value in values)
        return tuple((self.x(at), height) for at, height in enumerate(known))
