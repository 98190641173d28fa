"""Timelines for tests of pictures, and a look at their pixels."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO

from PIL import Image

from bot.picture.time_plot import TimePlot
from bot.timeline import Flag, Sign, Span, Stage, Timeline, Track, Window
from bot.words import words
from tests.bot.picture.charts import Pixel, painter, rgb

BEGIN = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
STEP = timedelta(seconds=2)


def after(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)


def track(name: str, *windows: tuple[float, float, str], steps: int = 100, took: int = 40) -> Track:
    """Well but for these windows, each from a second to a second with an error."""
    out = [any(begin <= 2 * at < end for begin, end, _ in windows) for at in range(steps)]
    return Track(
        name,
        tuple(0 if bad else 100 for bad in out),
        tuple(None if bad else took for bad in out),
        tuple(None if bad else 2 * took for bad in out),
        tuple(
            Window(after(begin), after(end), errors=((error, after(begin)),)) for begin, end, error in windows
        ),
    )


def flag(seconds: float, sign: Sign = Sign.AWS, said: str = "DB instance restarted") -> Flag:
    return Flag(after(seconds), sign, words("{said}", said=said))


def timeline(*tracks: Track, flags: Sequence[Flag] = (), left_out: int = 0) -> Timeline:
    """200 seconds: a fault after 20, a way back after 140, all put back after 150."""
    edges = ((Stage.STEADY, 0, 20), (Stage.BROKEN, 20, 140), (Stage.BACK, 140, 150), (Stage.AFTER, 150, 200))
    return Timeline(
        title=words("database failover of {what}", what="shop-db"),
        alt=words("Success of probes by time."),
        begin=BEGIN,
        step=STEP,
        zero=after(20),
        tracks=tracks,
        spans=tuple(Span(stage, after(begin), after(end)) for stage, begin, end in edges),
        flags=tuple(flags),
        left_out=left_out,
    )


class SeenTime:
    """A timeline's picture as its pixels."""

    def __init__(self, drawn: Timeline, language: str = "en") -> None:
        self.plot = TimePlot.of(drawn)
        self.picture = painter().paint(drawn, language)
        self.image = Image.open(BytesIO(self.picture.png)).convert("RGB")

    def at(self, second: float, height: float) -> Pixel:
        """The pixel at a moment, so many pixels from below."""
        return self.pixel(self.plot.x(after(second)), height)

    def in_lane(self, second: float, share: float, number: int = 0) -> Pixel:
        """The pixel of a probe's lane at a moment and a share from 0 to 1."""
        low, high = self.plot.lane(number)
        return self.at(second, low + share * (high - low))

    def pixel(self, across: float, up: float) -> Pixel:
        found = self.image.getpixel((round(across), self.image.height - 1 - round(up)))
        assert isinstance(found, tuple)
        return found[0], found[1], found[2]

    def count(self, color: str) -> int:
        return sum(number for number, found in self.image.getcolors(1 << 21) or () if found == rgb(color))
