"""The audit log as text: JSON lines, or CSV that a spreadsheet may open without running anything."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields

from bot.audit.search import Row

NAMES = tuple(field.name for field in fields(Row))
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so could be run as a formula ("CSV Injection", OWASP); an apostrophe before it helps."""


def jsonl(rows: Iterable[Row]) -> Iterator[str]:
    """One JSON object a row, each with its line's end."""
    for row in rows:
        yield json.dumps(_values(row), ensure_ascii=False) + "\n"


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """A head and one record a row, each with its CRLF (RFC 4180)."""
    yield _record(NAMES)
    for row in rows:
        yield _record([_cell(value) for value in _values(row).values()])


def _values(row: Row) -> dict[str, str | int | None]:
    values = {name: getattr(row, name) for name in NAMES}
    return {**values, "at": row.at.isoformat()}


def _cell(value: str | int | None) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def _record(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
