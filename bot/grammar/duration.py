"""Spans of time as text: ``30s``, ``5m``, ``2h``, ``7d``, and sums such as ``1h30m``."""

import re
from collections.abc import Mapping
from datetime import timedelta

from bot.grammar.typography import plain

_SECONDS: Mapping[str, int] = {
    "s": 1,
    "m": 60,
    "h": 3600,
    "d": 86400,
    "秒": 1,
    "分": 60,
    "時間": 3600,
    "日": 86400,
}
_PART = re.compile("([0-9]{1,9})(" + "|".join(_SECONDS) + ")")
_ALL = re.compile(f"(?:{_PART.pattern})+")
LONGEST = timedelta(days=36500)


def read_duration(text: str) -> timedelta | None:
    """The span, or None when the text is none or more than a hundred years; a unit is always needed."""
    text = plain(text)
    if not _ALL.fullmatch(text):
        return None
    span = timedelta(seconds=sum(int(count) * _SECONDS[unit] for count, unit in _PART.findall(text)))
    return span if span <= LONGEST else None


def write_duration(span: timedelta) -> str:
    """The canonical text, in the largest units first; parts of a second are dropped."""
    rest = int(span.total_seconds())
    said = ""
    for unit in "dhms":
        count, rest = divmod(rest, _SECONDS[unit])
        said += f"{count}{unit}" if count else ""
    return said or "0s"
