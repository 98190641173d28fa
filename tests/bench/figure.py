"""A figure: what was measured, what it is held against, and whether it holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

AT_MOST, AT_LEAST = "≤", "≥"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number and its limit, in the same unit."""

    name: str
    value: float
    limit: float
    unit: str = ""  # "" for a count
    reference: float | None = None  # the same, measured of somebody else in this run
    of: str = ""  # who or what the reference is
    sign: str = AT_MOST

    @property
    def holds(self) -> bool:
        """Whether the value is within its limit."""
        return self.value <= self.limit if self.sign == AT_MOST else self.value >= self.limit


Measure = Callable[[], Sequence[Figure]]


def times(name: str, value: float, reference: float, most: float, *, unit: str, of: str) -> Figure:
    """A figure that may be at most so many times its reference."""
    return Figure(name, value, most * reference, unit, reference, of)
