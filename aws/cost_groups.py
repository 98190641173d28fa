"""The groups of Cost Explorer's answers, kept small: a page may hold 120,000 of them.

Each group is three dicts, a list and five texts, nearly all of them the same as in the day before: 100 MB a
page.  Kept are its keys, once for all days, and its amount; what botocore would give is made of them again
when it is looked at.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias, overload

Group: TypeAlias = dict[str, Any]
Keys: TypeAlias = tuple[str, ...]


class Groups(Sequence[Group]):
    """The groups of one day, of one metric in one currency; reads as the list that botocore gives."""

    __slots__ = "_amounts", "_keys", "_metric", "_unit"

    def __init__(self, keys: Sequence[Keys], metric: str, amounts: Sequence[str], unit: str) -> None:
        self._keys, self._metric, self._amounts, self._unit = keys, metric, amounts, unit

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[Group]:
        metric, unit = self._metric, self._unit
        for keys, amount in zip(self._keys, self._amounts, strict=True):
            yield {"Keys": [*keys], "Metrics": {metric: {"Amount": amount, "Unit": unit}}}

    @overload
    def __getitem__(self, at: int) -> Group: ...
    @overload
    def __getitem__(self, at: slice) -> list[Group]: ...
    def __getitem__(self, at: int | slice) -> Group | list[Group]:
        return list(self)[at]


class Packing:
    """What one answer's groups share.  `pack` is called with each object of the answer, innermost first."""

    def __init__(self) -> None:
        self._known: dict[Keys, Keys] = {}

    def pack(self, found: dict[str, Any]) -> dict[str, Any]:
        """Return the object; a day's with its groups kept small."""
        if "Groups" in found:
            found["Groups"] = self._packed(found["Groups"])
        return found

    def _packed(self, groups: list[Group]) -> Sequence[Group]:
        """Groups of several metrics, or currencies, which toban never asks for, stay as they are."""
        kinds = {(*one["Metrics"], cost["Unit"]) for one in groups for cost in one["Metrics"].values()}
        if [len(kind) for kind in kinds] != [2]:
            return groups
        [(metric, unit)] = kinds
        keys = [tuple(one["Keys"]) for one in groups]
        amounts = [one["Metrics"][metric]["Amount"] for one in groups]
        return Groups([*map(self._known.setdefault, keys, keys)], metric, amounts, unit)
