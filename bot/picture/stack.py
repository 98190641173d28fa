"""Where bars begin and end: amounts above zero upwards, credits below it downwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.chart import Chart, Series, Shape


@dataclass(frozen=True, slots=True)
class Bar:
    """One amount as it is drawn: at which label, from where, to where."""

    at: int
    begin: Decimal
    end: Decimal


def bars(series: Sequence[Series]) -> tuple[tuple[Bar, ...], ...]:
    """The bars of each series, each day's upon the one before; nothing where nothing is known, or zero."""
    length = max((len(one.values) for one in series), default=0)
    up, down = [Decimal(0)] * length, [Decimal(0)] * length
    return tuple(tuple(_on(up, down, one)) for one in series)


def _on(up: list[Decimal], down: list[Decimal], series: Series) -> Iterable[Bar]:
    for at, value in enumerate(series.values):
        if value:
            side = up if value > 0 else down
            begin = side[at]
            side[at] += value
            yield Bar(at, begin, side[at])


def bounds(chart: Chart) -> tuple[Decimal, Decimal]:
    """The lowest and the highest that is drawn, the forecast too."""
    band = chart.band
    drawn = [*band.low, *band.mean, *band.high] if band else []
    if chart.shape is Shape.STACKED:
        drawn += [bar.end for each in bars(chart.series) for bar in each]
    else:
        drawn += [value for one in chart.series for value in one.values if value is not None]
    return min(drawn, default=Decimal(0)), max(drawn, default=Decimal(0))


def unknown(chart: Chart) -> tuple[int, ...]:
    """The labels at which nothing is known of any series."""
    return tuple(at for at in range(len(chart.labels)) if all(one.values[at] is None for one in chart.series))


def places(chart: Chart) -> tuple[str, ...]:
    """All labels from left to right: the chart's, then what the forecast has beyond."""
    known = set(chart.labels)
    return chart.labels + tuple(
        label for label in (chart.band.labels if chart.band else ()) if label not in known
    )
