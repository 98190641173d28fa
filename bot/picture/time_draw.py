"""One timeline as a PNG: what users saw in lanes, how long answers took, and what happened as flags."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from bot.picture import flag_draw, lanes, palette
from bot.picture.names import fitted
from bot.picture.paper import file, paper
from bot.picture.pieces import fill, hatch, line, write
from bot.picture.sheet import LETTER, room
from bot.picture.time_captions import TimeCaptions
from bot.picture.time_plot import LEFT, NAME, RIGHT, WIDTH, TimePlot, box
from bot.timeline import Stage

MARGIN, HEAD, SMALL = 40, 34, 25  # pixels: of the title from the edges, heights of letters
STAGES = {
    Stage.STEADY: palette.CARD,
    Stage.BROKEN: palette.INK,
    Stage.BACK: palette.QUIET,
    Stage.AFTER: palette.CARD,
}


def png(plot: TimePlot, captions: TimeCaptions, fonts: Sequence[str]) -> bytes:
    """The picture; the same bytes for the same timeline, by the same matplotlib."""
    figure = paper(WIDTH, plot.height)
    title = fitted(captions.title, room(WIDTH - 2 * MARGIN, HEAD))
    write(figure, (MARGIN, plot.height - 50), title, HEAD, fonts, bold=True)
    _stages(figure, plot, captions, fonts)
    lanes.lanes(figure, plot)
    flag_draw.poles(figure, plot)
    lanes.words_of(figure, plot, captions, fonts)
    _axis(figure, plot, captions, fonts)
    if plot.millis:
        _answers(figure, plot, captions, fonts)
    flag_draw.flags(figure, plot, captions, fonts)
    return file(figure)


def _stages(figure: Figure, plot: TimePlot, captions: TimeCaptions, fonts: Sequence[str]) -> None:
    """What was done to the system, as a band; a stage says its name where that has room."""
    low, high = plot.band
    for span, text in zip(plot.line.spans, captions.stages, strict=True):
        left, right = plot.x(span.begin), plot.x(span.end)
        shape = box(left, max(right, left + 2), low, high)
        fill(figure, [shape], STAGES[span.stage], palette.EDGE)
        if span.stage is Stage.BACK:
            hatch(figure, [shape])
        dark = STAGES[span.stage] != palette.CARD
        if len(text) * SMALL * LETTER < right - left:
            middle = ((left + right) / 2, (low + high) / 2)
            write(
                figure,
                middle,
                text,
                SMALL,
                fonts,
                across="center",
                color=palette.CARD if dark else palette.INK,
            )


def _axis(figure: Figure, plot: TimePlot, captions: TimeCaptions, fonts: Sequence[str]) -> None:
    for (x, _), text in zip(plot.ticks(), captions.below, strict=True):
        fill(figure, [box(x - 1, x + 1, plot.bottom - 8, plot.bottom)], palette.EDGE)
        across = min(max(x, LEFT), WIDTH - RIGHT - 20)
        write(figure, (across, plot.bottom - 30), text, SMALL, fonts, across="center")


def _answers(figure: Figure, plot: TimePlot, captions: TimeCaptions, fonts: Sequence[str]) -> None:
    _, high = plot.answers
    write(figure, (LEFT, high + NAME / 2 - 2), captions.answers, SMALL, fonts, color=palette.QUIET)
    for tick, text in zip(plot.millis.ticks if plot.millis else (), captions.beside, strict=True):
        fill(figure, [box(LEFT, WIDTH - RIGHT, plot.y(tick) - 1, plot.y(tick) + 1)], palette.GRID)
        write(figure, (LEFT - 12, plot.y(tick)), text, SMALL, fonts, across="right")
    for color, track in zip(palette.SERIES, plot.line.tracks, strict=False):
        for values, width, dots in ((track.slowest, 3, True), (track.median, 5, False)):
            corners = [
                (plot.at(at + 0.5), float("nan") if took is None else plot.y(took))
                for at, took in enumerate(values)
            ]
            line(figure, corners, color, width, dots)
