"""What a picture is of: each kind says its texts in a language, and becomes a PNG with them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self, TypeVar

from bot.chart import Chart, gathered
from bot.drawn import Drawn
from bot.picture.captions import Captions, captions
from bot.picture.plot import Plot
from bot.picture.time_captions import TimeCaptions, time_captions
from bot.picture.time_plot import TimePlot
from bot.timeline import Timeline
from bot.words import Words


class Written(Protocol):
    """All that is written in a picture."""

    def __iter__(self) -> Iterator[str]:
        """Each text."""

    def without(self, letters: frozenset[str], /) -> Self:
        """The same with these letters made strange."""


W = TypeVar("W", bound=Written)


class Subject(Protocol[W]):
    """One kind of picture, with its places."""

    def said(self, say: Callable[[Words], str], language: str) -> W:
        """Its texts."""

    def png(self, said: W, fonts: Sequence[str]) -> bytes:
        """The picture with these texts."""


@dataclass(frozen=True, slots=True)
class OfChart:
    """Of amounts."""

    chart: Chart
    plot: Plot

    def said(self, say: Callable[[Words], str], language: str) -> Captions:
        """Its texts."""
        return captions(self.chart, self.plot.scale, say, language)

    def png(self, said: Captions, fonts: Sequence[str]) -> bytes:
        """The picture with these texts."""
        from bot.picture import draw  # noqa: PLC0415 - 58 MB that only a drawn picture costs

        return draw.png(self.chart, self.plot, said, fonts)


@dataclass(frozen=True, slots=True)
class OfTimeline:
    """Of what users saw, and what happened meanwhile."""

    plot: TimePlot

    def said(self, say: Callable[[Words], str], _language: str) -> TimeCaptions:
        """Its texts."""
        return time_captions(self.plot, say)

    def png(self, said: TimeCaptions, fonts: Sequence[str]) -> bytes:
        """The picture with these texts."""
        from bot.picture import time_draw  # noqa: PLC0415 - the same

        return time_draw.png(self.plot, said, fonts)


def subject(drawn: Drawn) -> Subject[Any]:
    """What is drawn of it."""
    if isinstance(drawn, Timeline):
        return OfTimeline(TimePlot.of(drawn))
    chart = gathered(drawn)
    return OfChart(chart, Plot.of(chart))
