"""Middle and spread of a few amounts that some wild ones cannot move far.  Pure.

("Volume 16: How to Detect and Handle Outliers", Iglewicz and Hoaglin, ASQC 1993, for the modified z-score.)
"""

from collections.abc import Sequence
from decimal import Decimal

PART = Decimal("0.6745")  # of a normal distribution's standard deviation is its median absolute deviation
Weighted = Sequence[tuple[Decimal, int]]
"""Amounts, and how much each counts."""


def median(amounts: Weighted) -> Decimal:
    """The amount that has half of the weight on each side; between two when it falls there.

    Raises IndexError when there are none.
    """
    ordered = sorted(amounts)
    half = Decimal(sum(weight for _, weight in ordered)) / 2
    reached = Decimal(0)
    for n, (amount, weight) in enumerate(ordered):
        reached += weight
        if reached > half:
            return amount
        if reached == half and n + 1 < len(ordered):
            return (amount + ordered[n + 1][0]) / 2
    return ordered[-1][0]


def deviation(amounts: Weighted, middle: Decimal) -> Decimal:
    """The median absolute deviation (MAD): half of the weight lies no further from the middle."""
    return median([(abs(amount - middle), weight) for amount, weight in amounts])
