"""The legend: to the right of the plot and in its order, so that it covers nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from bot.chart import Chart
from bot.picture import palette, stack
from bot.picture.captions import Captions
from bot.picture.names import shortened
from bot.picture.pieces import fill, hatch, write
from bot.picture.plot import Corners
from bot.picture.sheet import HEIGHT, LEGEND, RIGHT, TOP, WIDTH, room

SWATCH, GAP, EDGE, LINE = 24, 14, 28, 44  # pixels


@dataclass(frozen=True, slots=True)
class Key:
    """One line of it."""

    text: str
    color: str
    edge: str = "none"
    hatched: bool = False


def keys(chart: Chart, captions: Captions) -> tuple[Key, ...]:
    """From top to bottom: the highest series first, then what else the picture shows."""
    names = shortened(captions.series, room(RIGHT - SWATCH - GAP - 2 * EDGE, LEGEND))
    series = [Key(name, color) for name, color in zip(names, palette.SERIES, strict=False)]
    rest = [
        Key(captions.provisional, palette.QUIET, hatched=True) if chart.provisional else None,
        Key(captions.expected, palette.BAND, palette.EDGE) if chart.band else None,
        Key(captions.unknown, palette.UNKNOWN, palette.EDGE) if stack.unknown(chart) else None,
    ]
    return (*reversed(series), *(key for key in rest if key))


def legend(figure: Figure, shown: Sequence[Key], fonts: Sequence[str]) -> None:
    """Draw it; with many lines they come closer."""
    line = min(LINE, (HEIGHT - TOP - EDGE) / max(len(shown), 1))
    left = WIDTH - RIGHT + EDGE
    for number, key in enumerate(shown):
        middle = HEIGHT - TOP - line * (number + 0.5)
        swatch = _swatch(left, middle)
        fill(figure, [swatch], key.color, key.edge)
        if key.hatched:
            hatch(figure, [swatch])
        write(figure, (left + SWATCH + GAP, middle), key.text, LEGEND, fonts)


def _swatch(left: float, middle: float) -> Corners:
    low, high, right = middle - SWATCH / 2, middle + SWATCH / 2, left + SWATCH
    return ((left, low), (left, high), (right, high), (right, low))
