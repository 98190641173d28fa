"""A timeline as SVG, within a page: the lanes of the picture, with every moment to be pointed at."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from html import escape
from itertools import pairwise

from bot.timeline import Flag, Sign, Stage, Timeline, Track, length, offset
from bot.words import words
from commands.failover._document import Scribe

WIDTH, LEFT, RIGHT = 1000, 60, 20
STAGES, FLAGS, LANE, NAME, AXIS = 24, 40, 56, 24, 30
SIZE, NAMED = 22, 80  # of a flag; the least of a stage that has room for its name
WELL, OUT, UNKNOWN, INK, EDGE, CARD = "#4c86b8", "#ffcf9e", "#e4e0d8", "#1d1c1d", "#767676", "#fafafa"
FILL = {Stage.STEADY: CARD, Stage.BROKEN: INK, Stage.BACK: EDGE, Stage.AFTER: CARD}
NAMES = {
    Stage.STEADY: words("steady"),
    Stage.BROKEN: words("fault"),
    Stage.BACK: words("way back"),
    Stage.AFTER: words("afterwards"),
}
TICKS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400)  # seconds


def svg(line: Timeline, scribe: Scribe) -> str:
    """The whole of it; what a flag says stands in the page below, and where one points at it."""
    top = STAGES + FLAGS
    height = top + len(line.tracks) * (NAME + LANE) + AXIS
    parts = [
        *_stages(line, scribe),
        *(
            part
            for at, track in enumerate(line.tracks)
            for part in _lane(line, track, top + at * (NAME + LANE))
        ),
        *_axis(line, height - AXIS),
        *_flags(line, height - AXIS, scribe),
    ]
    label = scribe.at(line.alt)
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}" font-size="13"'
        f' font-family="system-ui,sans-serif">{"".join(parts)}</svg>'
    )


def _x(line: Timeline, at: datetime) -> float:
    share = (at - line.begin) / (line.end - line.begin)
    return round(LEFT + min(1.0, max(0.0, share)) * (WIDTH - LEFT - RIGHT), 1)


def _stages(line: Timeline, scribe: Scribe) -> Iterator[str]:
    for span in line.spans:
        begin, end = _x(line, span.begin), _x(line, span.end)
        yield _box(begin, max(end, begin + 1), 2, STAGES - 4, FILL[span.stage], EDGE)
        if end - begin > NAMED:
            ink = INK if FILL[span.stage] == CARD else CARD
            text, middle = scribe.at(NAMES[span.stage]), (begin + end) / 2
            yield _text(middle, STAGES - 7, text, anchor="middle", fill=ink)


def _lane(line: Timeline, track: Track, top: int) -> Iterator[str]:
    """A probe: its windows, and upon them how much was answered well."""
    begin = top + NAME
    yield _text(LEFT, top + 17, track.name, weight="bold")
    yield _text(LEFT - 8, begin + 11, "100%", anchor="end")
    yield _text(LEFT - 8, begin + LANE - 2, "0%", anchor="end")
    for window in track.windows:
        left, right = _x(line, window.begin), _x(line, window.end)
        errors = ", ".join(name for name, _ in window.errors)
        said = f"{offset(window.begin - line.zero)} {length(window.length)} {errors}"
        yield _box(left, max(right, left + 2), begin, LANE, OUT, title=said)
    yield from _shares(line, track, begin)
    yield _box(LEFT, WIDTH - RIGHT, begin, LANE, "none", EDGE)
    for window in track.windows:
        left, right = _x(line, window.begin), _x(line, window.end)
        yield _box(left, max(right, left + 2), begin, 5, INK)
        if right - left > 60:
            yield _text((left + right) / 2, begin + LANE / 2, length(window.length), anchor="middle")


def _shares(line: Timeline, track: Track, top: int) -> Iterator[str]:
    wide = (WIDTH - LEFT - RIGHT) / line.steps
    known = [*track.shares, -1]
    edges = [0, *(at for at in range(1, len(known)) if known[at] != known[at - 1])]
    for first, last in pairwise(edges):
        share, left, right = known[first], LEFT + first * wide, LEFT + last * wide
        if share is None:
            yield _box(left, right, top, LANE, UNKNOWN)
        elif share:
            tall = LANE * share / 100
            yield _box(left, right, top + LANE - tall, tall, WELL)


def _axis(line: Timeline, top: int) -> Iterator[str]:
    seconds = (line.end - line.begin).total_seconds()
    step = next((one for one in TICKS if seconds / one <= 10), seconds)
    first = -int((line.zero - line.begin).total_seconds() // step)
    last = int((line.end - line.zero).total_seconds() // step)
    for number in range(first, last + 1):
        after = timedelta(seconds=step * number)
        yield _text(_x(line, line.zero + after), top + 20, offset(after), anchor="middle")


def _flags(line: Timeline, bottom: int, scribe: Scribe) -> Iterator[str]:
    """Each at its moment, or beside the one before it where that is too near."""
    free = 0.0
    for number, flag in enumerate(line.flags, 1):
        pole = _x(line, flag.at)
        free = min(max(pole, free), WIDTH - SIZE / 2)
        yield _flag(
            flag, number, (pole, free), bottom, f"{offset(flag.at - line.zero)} {scribe.at(flag.said)}"
        )
        free += SIZE + 2


def _flag(flag: Flag, number: int, where: tuple[float, float], bottom: int, said: str) -> str:
    (pole, x), top, half = where, STAGES + 6, SIZE / 2
    dark = flag.sign is Sign.TOBAN
    round_ = half if flag.sign is Sign.AWS else 2
    shape = (
        f'<rect x="{x - half:.1f}" y="{top}" width="{SIZE}" height="{SIZE}" rx="{round_}"'
        f' fill="{INK if dark else CARD}" stroke="{INK}"/>'
    )
    text = _text(x, top + 16, str(number), anchor="middle", fill=CARD if dark else INK)
    path = f'<path d="M{x:.1f} {top + SIZE}L{pole} {STAGES + FLAGS}V{bottom}" stroke="{EDGE}" fill="none"/>'
    return f"<g><title>{said}</title>{path}{shape}{text}</g>"


def _box(
    left: float, right: float, top: float, high: float, fill: str, stroke: str = "none", title: str = ""
) -> str:
    said = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{high:.1f}" fill="{fill}"'
        f' stroke="{stroke}">{said}</rect>'
    )


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", weight: str = "normal", fill: str = INK
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" fill="{fill}">'
        f"{escape(text)}</text>"
    )
