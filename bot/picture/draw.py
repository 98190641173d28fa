"""One chart as a PNG, with matplotlib's objects and without its global state (pyplot).

Everything is placed by hand and in few pieces, since matplotlib's time goes by the number of pieces: one for
all bars of a series, no axes and no layout engine.
"""

from collections.abc import Sequence

from matplotlib.figure import Figure

from bot.chart import Chart, Shape
from bot.picture import marks
from bot.picture.captions import Captions
from bot.picture.legend import keys, legend
from bot.picture.names import fitted
from bot.picture.paper import file, paper
from bot.picture.pieces import write
from bot.picture.plot import Plot
from bot.picture.sheet import BOTTOM, HEIGHT, LEFT, TICK, TITLE, TOP, WIDTH, room

MARGIN, AWAY = 40, 14  # pixels: of the title from the edges, of the ticks' texts from the plot


def png(chart: Chart, plot: Plot, captions: Captions, fonts: Sequence[str]) -> bytes:
    """The picture; the same bytes for the same chart, by the same matplotlib."""
    figure = paper(WIDTH, HEIGHT)
    marks.behind(figure, chart, plot)
    (marks.bars if chart.shape is Shape.STACKED else marks.lines)(figure, chart, plot)
    legend(figure, keys(chart, captions), fonts)
    _texts(figure, plot, captions, fonts)
    return file(figure)


def _texts(figure: Figure, plot: Plot, captions: Captions, fonts: Sequence[str]) -> None:
    title = fitted(captions.title, room(WIDTH - 2 * MARGIN, TITLE))
    write(figure, (MARGIN, HEIGHT - 52), title, TITLE, fonts, bold=True)
    for tick, text in zip(plot.scale.ticks, captions.beside, strict=True):
        write(figure, (LEFT - AWAY, plot.y(tick)), text, TICK, fonts, across="right")
    for at, text in captions.above:
        write(figure, (plot.x(at), HEIGHT - TOP + TICK / 2), text, TICK, fonts, across="center")
    for at, text in captions.below:
        write(figure, (plot.x(at), BOTTOM - AWAY - TICK), text, TICK, fonts, across="center")
