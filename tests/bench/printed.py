"""Figures as people and as programs read them."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from tests.bench.figure import Figure

HEADS = ("figure", "value", "reference", "limit", "holds")


def aligned(figures: Sequence[Figure]) -> str:
    """One line a figure below a line of heads: `figure  value  reference  limit  holds|short`."""
    rows = [HEADS, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    padded = (zip(row, widths, strict=True) for row in rows)
    return "\n".join("  ".join(cell.ljust(width) for cell, width in row).rstrip() for row in padded)


def as_json(figures: Sequence[Figure]) -> str:
    """The same as JSON, a list of objects."""
    told = [{"figure": one.name} | asdict(one) | {"holds": one.holds} for one in figures]
    return json.dumps(told, ensure_ascii=False, indent=2)


def _cells(figure: Figure) -> tuple[str, ...]:
    reference = "" if figure.reference is None else _number(figure.reference, figure.unit)
    return (
        figure.name,
        _number(figure.value, figure.unit),
        f"{reference} {figure.of}".strip() or "–",
        f"{figure.sign} {_number(figure.limit, figure.unit)}",
        "holds" if figure.holds else "short",
    )


def _number(value: float, unit: str) -> str:
    digits = 0 if float(value).is_integer() or abs(value) >= 1000 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()
