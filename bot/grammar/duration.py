"""Spans of time as text: ``100ms``, ``30s``, ``5m``, ``2h``, ``7d``, and sums such as ``1h30m``."""

import re
from collections.abc import Mapping
from datetime import timedelta

from bot.grammar.typography import plain

_MS: Mapping[str, int] = {
    "ms": 1,
    "s": 1000,
    "m": 60_000,
    "h": 3_600_000,
    "d": 86_400_000,
    "ミリ秒": 1,
    "秒": 1000,
    "分": 60_000,
    "時間": 3_600_000,
    "日": 86_400_000,
}
_PART = re.compile("([0-9]{1,9})(" + "|".join(_MS) + ")")
_ALL = re.compile(f"(?:{_PART.pattern})+")
LONGEST = timedelta(days=36500)


def read_duration(text: str) -> timedelta | None:
    """The span, or None when the text is none or more than a hundred years; a unit is always needed."""
    text = plain(text)
    if not _ALL.fullmatch(text):
        return None
    span = timedelta(milliseconds=sum(int(count) * _MS[unit] for count, unit in _PART.findall(text)))
    return span if span <= LONGEST else None


def write_duration(span: timedelta) -> str:
    """The canonical text, in the largest units first; parts of a millisecond are dropped."""
    rest = span // timedelta(milliseconds=1)
    said = ""
    for unit in ("d", "h", "m", "s", "ms"):
        count, rest = divmod(rest, _MS[unit])
        said += f"{count}{unit}" if count else ""
    return said or "0s"
