"""A chart as data: what a picture of it, Slack's own chart block and a table all say alike.

A leaf of bot/: it imports no other part of bot/ but `words`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bot import words
from bot.words import Words

MOST_SERIES = 12
OTHERS = words.words("all others")


class Shape(StrEnum):
    """How it is drawn."""

    STACKED = "stacked"  # bars of each label, one series upon the other
    LINES = "lines"  # a line a series


@dataclass(frozen=True, slots=True)
class Series:
    """One name's amounts, one for each label of the chart; None: nothing is known there."""

    name: str | Words
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A forecast behind the last label: what is expected, and between which bounds."""

    labels: tuple[str, ...]
    mean: tuple[Decimal, ...]
    low: tuple[Decimal, ...]
    high: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Amounts of money by day, or by whatever the labels name."""

    title: Words
    alt: Words  # the same in a sentence, for who does not see it
    currency: str  # such as USD
    labels: tuple[str, ...]  # ISO dates, mostly
    series: tuple[Series, ...]  # the lowest first; at most twelve
    shape: Shape = Shape.STACKED
    band: Band | None = None
    provisional: int = 0  # so many of the last labels may still change


def newest(chart: Chart, most: int) -> Chart:
    """The same of the last labels only."""
    labels = chart.labels[-most:]
    series = tuple(Series(one.name, one.values[-most:]) for one in chart.series)
    return replace(chart, labels=labels, series=series, provisional=min(chart.provisional, len(labels)))


def gathered(chart: Chart, most: int = MOST_SERIES) -> Chart:
    """The same in at most so many series: what moves least money becomes one, as the highest.

    A series with a translated name has gathered others already: it takes them, too.
    """
    if len(chart.series) <= most:
        return chart
    named = [one for one in chart.series if isinstance(one.name, str)]
    kept = sorted(named, key=_weight, reverse=True)[: most - 1]
    rest = [one for one in chart.series if one not in kept]
    name = next((one.name for one in rest if isinstance(one.name, Words)), OTHERS)
    others = Series(name, tuple(map(total, zip(*(one.values for one in rest), strict=True))))
    return replace(chart, series=(*(one for one in chart.series if one in kept), others))


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def to_json(chart: Chart) -> dict[str, Any]:
    """The form that is stored; `from_json` reads it back."""
    band = chart.band
    return {
        "title": words.to_json(chart.title),
        "alt": words.to_json(chart.alt),
        "currency": chart.currency,
        "labels": list(chart.labels),
        "series": [[_name(one.name), [_text(value) for value in one.values]] for one in chart.series],
        "shape": chart.shape,
        "band": band
        and [list(band.labels), *(list(map(str, one)) for one in (band.mean, band.low, band.high))],
        "provisional": chart.provisional,
    }


def from_json(stored: dict[str, Any]) -> Chart:
    """Read what `to_json` wrote."""
    return Chart(
        title=words.from_json(stored["title"]),
        alt=words.from_json(stored["alt"]),
        currency=stored["currency"],
        labels=tuple(stored["labels"]),
        series=tuple(
            Series(
                name if isinstance(name, str) else words.from_json(name),
                tuple(None if value is None else Decimal(value) for value in values),
            )
            for name, values in stored["series"]
        ),
        shape=Shape(stored["shape"]),
        band=_band(stored["band"]) if stored["band"] else None,
        provisional=stored["provisional"],
    )


def _band(stored: list[list[str]]) -> Band:
    labels, *numbers = stored
    mean, low, high = (tuple(map(Decimal, each)) for each in numbers)
    return Band(tuple(labels), mean, low, high)


def _weight(series: Series) -> Decimal:
    """How much money it moves, in whichever direction."""
    return sum((abs(value) for value in series.values if value is not None), Decimal(0))


def _name(name: str | Words) -> Any:
    return name if isinstance(name, str) else words.to_json(name)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
