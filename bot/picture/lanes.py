"""A lane for each probe: how much of what it asked was answered well, and the windows in which it was not."""

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.figure import Figure

from bot.picture import palette
from bot.picture.pieces import fill, write
from bot.picture.sheet import LETTER
from bot.picture.time_captions import TimeCaptions
from bot.picture.time_plot import LEFT, NAME, RIGHT, WIDTH, TimePlot, box
from bot.timeline import Track

TEXT, SMALL = 27, 25  # heights of letters
SWATCH, BESIDE = 22, 34
CAP = 7  # upon each window: it may be shorter than one step of the axis


def lanes(figure: Figure, plot: TimePlot) -> None:
    """All of them, from above."""
    for number, track in enumerate(plot.line.tracks):
        low, high = plot.lane(number)
        _behind(figure, plot, track, number)
        _shares(figure, plot, track, number)
        shaded = [plot.shaded(window, number) for window in track.windows]
        fill(figure, [box(one[0][0], one[2][0], high - CAP, high) for one in shaded], palette.INK)
        fill(figure, [box(LEFT, WIDTH - RIGHT, edge - 1, edge + 1) for edge in (low, high)], palette.EDGE)


def words_of(figure: Figure, plot: TimePlot, captions: TimeCaptions, fonts: Sequence[str]) -> None:
    """Whose each lane is, and what stands in it."""
    for number, name in enumerate(captions.names):
        low, high = plot.lane(number)
        middle = high + NAME / 2 - 2
        swatch = box(LEFT, LEFT + SWATCH, middle - SWATCH / 2, middle + SWATCH / 2)
        fill(figure, [swatch], palette.SERIES[number % len(palette.SERIES)])
        write(figure, (LEFT + BESIDE, middle), name, TEXT, fonts, bold=True)
        for height, text in ((high - 8, "100%"), (low + 8, "0%")):
            write(figure, (LEFT - 12, height), text, SMALL, fonts, across="right")
        _windows(figure, plot, captions, number, fonts)


def _behind(figure: Figure, plot: TimePlot, track: Track, number: int) -> None:
    """Windows, and where nothing was asked."""
    low, high = plot.lane(number)
    gaps = [at for at, share in enumerate(track.shares) if share is None]
    fill(figure, [box(plot.at(at), plot.at(at + 1), low, high) for at in gaps], palette.UNKNOWN)
    fill(figure, [plot.shaded(window, number) for window in track.windows], palette.OUT)


def _shares(figure: Figure, plot: TimePlot, track: Track, number: int) -> None:
    """As high as the share; equal ones side by side are one piece."""
    low, high = plot.lane(number)
    known = [*track.shares, None]
    edges = [0, *(at for at in range(1, len(known)) if known[at] != known[at - 1])]
    shapes = [
        box(plot.at(begin), plot.at(end), low, low + (high - low) * share / 100)
        for begin, end in pairwise(edges)
        if (share := known[begin])
    ]
    fill(figure, shapes, palette.WELL)


def _windows(
    figure: Figure, plot: TimePlot, captions: TimeCaptions, number: int, fonts: Sequence[str]
) -> None:
    """How long each lasted, and how it failed, where that has room; all of it stands in words, too."""
    (low, high), free = plot.lane(number), LEFT + BESIDE + _wide(captions.names[number], TEXT)
    for window, text in zip(plot.line.tracks[number].windows, captions.windows[number], strict=True):
        left, right, wide = plot.x(window.begin), plot.x(window.end), _wide(text, TEXT)
        middle = (left + right) / 2
        if wide < right - left:
            _upon(figure, (middle, low + (high - low) * 0.7), text, TEXT, fonts, bold=True)
        elif middle - wide / 2 > free:
            write(figure, (middle, high + NAME / 2 - 2), text, TEXT, fonts, across="center", bold=True)
            free = middle + wide / 2
        begins = [*(plot.x(at) for _, at in window.errors), right]
        for (name, _), (begin, end) in zip(window.errors, pairwise(begins), strict=True):
            if _wide(name, SMALL) < end - begin:
                _upon(figure, ((begin + end) / 2, low + (high - low) * 0.28), name, SMALL, fonts)


def _upon(
    figure: Figure,
    where: tuple[float, float],
    text: str,
    size: int,
    fonts: Sequence[str],
    *,
    bold: bool = False,
) -> None:
    """Upon a window, and upon the poles in it."""
    x, y, half = *where, _wide(text, size) / 2
    fill(figure, [box(x - half, x + half, y - size / 2, y + size / 2)], palette.OUT)
    write(figure, where, text, size, fonts, across="center", bold=bold)


def _wide(text: str, size: int) -> float:
    """How many pixels a text takes, at most."""
    return (len(text) + 1) * size * LETTER
