"""The flags of a timeline, drawn: poles through all lanes, and lines below that say what each is."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from bot.picture import palette
from bot.picture.flags import shape
from bot.picture.pieces import fill, write
from bot.picture.sheet import LETTER
from bot.picture.time_captions import TimeCaptions
from bot.picture.time_plot import LINE, ROW, TimePlot, box
from bot.timeline import Sign

LEFT, TEXT, NUMBER = 60, 27, 21  # pixels: the middle of a flag before its line, heights of letters
BESIDE = 34  # from the middle of a flag to its text


def flags(figure: Figure, plot: TimePlot, captions: TimeCaptions, fonts: Sequence[str]) -> None:
    """All of them above the lanes, and below the axis what each says, and whose they are."""
    hung = [(one.flag.sign, one.number, one.x, plot.row(one.row)) for one in plot.flags]
    said = [(one.flag.sign, one.number, LEFT, _line(plot, one.number)) for one in plot.flags]
    for sign in Sign:
        shapes = [shape(sign, x, y) for each, _, x, y in (*hung, *said) if each is sign]
        fill(figure, shapes, _face(sign), palette.INK)
    for sign, number, x, y in (*hung, *said):
        ink = palette.CARD if sign is Sign.TOBAN else palette.INK
        write(figure, (x, y), str(number), NUMBER, fonts, across="center", color=ink)
    for number, text in enumerate(captions.flags, 1):
        write(figure, (LEFT + BESIDE, _line(plot, number)), text, TEXT, fonts)
    _who(figure, plot, captions, fonts)


def poles(figure: Figure, plot: TimePlot) -> None:
    """A line down from each flag, but not through the rows that have words."""
    panels = [*map(plot.lane, range(len(plot.line.tracks))), *([plot.answers] if plot.millis else [])]
    above = plot.row(0) - ROW / 2
    drawn = [
        box(one.pole - 1, one.pole + 1, low, high)
        for one in plot.flags
        for low, high in (*panels, (above, plot.row(one.row)))
    ]
    fill(figure, drawn, palette.QUIET)


def _who(figure: Figure, plot: TimePlot, captions: TimeCaptions, fonts: Sequence[str]) -> None:
    """Whose flags look how, and what has no room."""
    below = _line(plot, len(plot.flags) + 1)
    x = float(LEFT)
    for sign, text in captions.signs:
        fill(figure, [shape(sign, x, below, NUMBER)], _face(sign), palette.INK)
        write(figure, (x + BESIDE, below), text, TEXT, fonts, color=palette.QUIET)
        x += 2 * BESIDE + (len(text) + 2) * TEXT * LETTER
    if captions.left_out:
        last = _line(plot, len(plot.flags) + bool(plot.flags) + 1)
        write(figure, (LEFT - BESIDE / 2, last), captions.left_out, TEXT, fonts, color=palette.QUIET)


def _line(plot: TimePlot, number: int) -> float:
    return plot.legend - (number - 1) * LINE


def _face(sign: Sign) -> str:
    return palette.INK if sign is Sign.TOBAN else palette.CARD
