"""What is drawn in the plot: bars or lines, and behind them what is expected or unknown."""

from collections.abc import Sequence
from decimal import Decimal

from matplotlib.figure import Figure

from bot.chart import Band, Chart
from bot.picture import palette, stack
from bot.picture.pieces import fill, hatch, line
from bot.picture.plot import Corners, Plot
from bot.picture.sheet import LEFT, RIGHT, WIDTH
from bot.picture.tall import tall

LINE, MEAN, GRID, CUT = 6, 3, 2, 8  # pixels


def behind(figure: Figure, chart: Chart, plot: Plot) -> None:
    """Days of which nothing is known, lines across, and the forecast."""
    all_of_it = (plot.scale.low, plot.scale.high)
    fill(figure, [plot.box(at, *all_of_it) for at in stack.unknown(chart)], palette.UNKNOWN, palette.EDGE)
    fill(figure, [_across(plot, tick) for tick in plot.scale.ticks], palette.GRID)
    if chart.band:
        _band(figure, chart.band, stack.places(chart), plot)


def bars(figure: Figure, chart: Chart, plot: Plot) -> None:
    """A bar for each amount, upon those before; those that may still change are hatched."""
    made = stack.bars(chart.series)
    for color, each in zip(palette.SERIES, made, strict=False):
        fill(figure, [plot.bar(bar) for bar in each], color, palette.CARD)
    first = len(chart.labels) - chart.provisional
    hatch(figure, [plot.bar(bar) for each in made for bar in each if bar.at >= first])
    fill(
        figure,
        [_thin(plot.box(at, top, top), CUT, lower=CUT) for at, top in tall(chart).items()],
        palette.CARD,
    )
    fill(figure, [_across(plot, Decimal(0))], palette.INK)


def lines(figure: Figure, chart: Chart, plot: Plot) -> None:
    """A line for each series, broken where nothing is known; the part that may still change is dotted."""
    fill(figure, [_across(plot, Decimal(0))], palette.INK)
    last = len(chart.labels) - chart.provisional
    for color, one in zip(palette.SERIES, chart.series, strict=False):
        corners = plot.line(one.values)
        for part, dots in ((corners[:last], False), (corners[max(0, last - 1) :], True)):
            if part:
                line(figure, part, color, LINE, dots)


def _band(figure: Figure, band: Band, labels: Sequence[str], plot: Plot) -> None:
    at = [labels.index(label) for label in band.labels]
    between = [plot.box(*each) for each in zip(at, band.low, band.high, strict=True)]
    fill(figure, between, palette.BAND)
    for amounts, width, color in (
        (band.low, GRID, palette.EDGE),
        (band.high, GRID, palette.EDGE),
        (band.mean, MEAN, palette.QUIET),
    ):
        level = [plot.box(place, amount, amount) for place, amount in zip(at, amounts, strict=True)]
        fill(figure, [_thin(flat, width) for flat in level], color)


def _across(plot: Plot, amount: Decimal) -> Corners:
    """A line over the whole plot."""
    height = plot.y(amount)
    left, right = float(LEFT), float(WIDTH - RIGHT)
    return _thin(((left, height), (left, height), (right, height), (right, height)), GRID)


def _thin(flat: Corners, width: float, lower: float = 0) -> Corners:
    """A rectangle without height, so many pixels high, and so many lower."""
    (left, middle), _, (right, _), _ = flat
    low = middle - lower
    return (
        (left, low - width / 2),
        (left, low + width / 2),
        (right, low + width / 2),
        (right, low - width / 2),
    )
