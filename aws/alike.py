"""Thousands of resources say the same few things: one copy of each is enough."""

from collections.abc import Hashable
from typing import TypeVar

Value = TypeVar("Value", bound=Hashable)


class Alike:
    """Hands out the first of equal values again.  It lives as long as one reading, and keeps what it saw.

    Only for what is equal in every respect: 1 and True would become one.
    """

    def __init__(self) -> None:
        """Nothing was seen."""
        self._seen: dict[Hashable, Hashable] = {}

    def __call__(self, value: Value) -> Value:
        """The first value that equals this one."""
        first: Value = self._seen.setdefault(value, value)  # type: ignore[assignment]  # equal, and of its type
        return first


class AsTheyAre(Alike):
    """Keeps nothing and hands back what it is given: for a few, which are soon let go of."""

    def __call__(self, value: Value) -> Value:
        """The value itself."""
        return value
