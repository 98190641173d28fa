"""Slack's chart block as simple SVG: lines, areas, grouped bars, or a row of parts for a pie.

Beside it stands the same as a table, for who does not see it.  Colours are classes of the page's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from playground.slack.shapes import Json, as_list, as_object

WIDTH, HEIGHT, LEFT, BOTTOM, EDGE = 640, 260, 56, 24, 8


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that is drawn: `kind` is rect, line or area; its colour is that of a series."""

    kind: str
    series: int
    points: str = ""  # of a line or an area
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A text beside an axis."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A chart, ready to be drawn."""

    title: str
    kind: str
    names: tuple[str, ...]
    categories: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]  # of each series, by category
    axes: tuple[str, str] = ("", "")
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT

    @property
    def rows(self) -> list[tuple[str, tuple[float, ...]]]:
        """The table: each category with the values of every series."""
        return list(zip(self.categories, zip(*self.values, strict=True), strict=True))

    @property
    def low(self) -> float:
        """Where the axis of values begins."""
        return min(0.0, *(value for one in self.values for value in one))

    @property
    def high(self) -> float:
        """Where it ends."""
        top = max(0.0, *(value for one in self.values for value in one))
        return top if top > self.low else self.low + 1

    @property
    def marks(self) -> list[Mark]:
        """Everything that is drawn between the axes."""
        return list(self._bars() if self.kind in {"bar", "pie"} else self._lines())

    @property
    def ticks(self) -> list[Tick]:
        """The lowest and the highest value, zero, and some of the categories."""
        beside = [
            Tick(LEFT - 6.0, self._y(value) + 4, f"{value:,.0f}", "end")
            for value in sorted({self.low, 0.0, self.high})
        ]
        step = max(1, len(self.categories) // 5)
        below = [
            Tick(self._x(at), HEIGHT - 4.0, name) for at, name in enumerate(self.categories) if at % step == 0
        ]
        return beside + below

    @property
    def zero(self) -> float:
        """How high zero is."""
        return self._y(0)

    def _lines(self) -> Iterator[Mark]:
        for number, one in enumerate(self.values):
            points = [(self._x(at), self._y(value)) for at, value in enumerate(one)]
            if self.kind == "area":
                around = [(points[0][0], self.zero), *points, (points[-1][0], self.zero)]
                yield Mark("area", number, _written(around))
            yield Mark("line", number, _written(points))

    def _bars(self) -> Iterator[Mark]:
        group = (WIDTH - LEFT - EDGE) / len(self.categories)
        thick = group * 0.8 / len(self.values)
        for number, one in enumerate(self.values):
            for at, value in enumerate(one):
                left = self._x(at) - group * 0.4 + number * thick
                top, bottom = sorted((self._y(value), self.zero))
                yield Mark("rect", number, x=left, y=top, width=thick, height=bottom - top)

    def _x(self, at: int) -> float:
        return LEFT + (at + 0.5) * (WIDTH - LEFT - EDGE) / len(self.categories)

    def _y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return EDGE + (1 - share) * (HEIGHT - BOTTOM - EDGE)


def sheet(block: Json) -> Sheet:
    """Return a data_visualization block's chart; its limits were checked when it came."""
    chart = as_object(block.get("chart"))
    title, kind = str(block.get("title", "")), str(chart.get("type"))
    if kind == "pie":
        parts = as_list(chart.get("segments"))
        labels = tuple(str(part["label"]) for part in parts)
        return Sheet(title, kind, (title,), labels, (tuple(float(part["value"]) for part in parts),))
    axis, series = as_object(chart.get("axis_config")), as_list(chart.get("series"))
    categories = tuple(map(str, axis.get("categories", ())))
    return Sheet(
        title,
        kind,
        tuple(str(one["name"]) for one in series),
        categories,
        tuple(_by_category(one, categories) for one in series),
        (str(axis.get("x_label") or ""), str(axis.get("y_label") or "")),
    )


def _by_category(series: Json, categories: tuple[str, ...]) -> tuple[float, ...]:
    values = {str(point["label"]): float(point["value"]) for point in as_list(series.get("data"))}
    return tuple(values[name] for name in categories)


def _written(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
