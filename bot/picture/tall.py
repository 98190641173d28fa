"""Bars so much higher than all others that those could not be read beside them: tax on the first of a month.

They are cut where the others still have room, and their amounts are written above them.
"""

from decimal import Decimal

from bot.chart import Chart, Shape
from bot.picture import stack

FAR, RARE = 2, 10  # times the highest of the others; one of so many bars at most
ABOVE = Decimal("1.15")  # of the highest of the others: where they are cut


def tall(chart: Chart) -> dict[int, Decimal]:
    """The labels whose bars are cut, and how high they would be; none where they are not rare."""
    if chart.shape is not Shape.STACKED:
        return {}
    tops = _tops(chart)
    highest = sorted(tops.values())
    for rare in range(1, len(highest) // RARE + 1):
        if highest[-rare] > FAR * highest[-rare - 1] > 0:
            return {at: top for at, top in tops.items() if top >= highest[-rare]}
    return {}


def room(chart: Chart) -> tuple[Decimal, Decimal]:
    """The lowest and the highest that has room in the picture."""
    low, high = stack.bounds(chart)
    cut = tall(chart)
    if not cut:
        return low, high
    others = [top for at, top in _tops(chart).items() if at not in cut]
    band = chart.band.high if chart.band else ()
    return low, max((ABOVE * max(others), *band))


def _tops(chart: Chart) -> dict[int, Decimal]:
    tops: dict[int, Decimal] = {}
    for each in stack.bars(chart.series):
        for bar in each:
            tops[bar.at] = max(tops.get(bar.at, Decimal(0)), bar.end)
    return tops
