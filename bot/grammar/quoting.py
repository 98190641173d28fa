"""Values as text: bare where nothing can be misread, in plain quotation marks otherwise."""

import unicodedata

from bot.grammar.slack_text import kept
from bot.grammar.typography import DASHES, one_line

_SAFE = frozenset("_./@%+*?:-=")


def quote(value: str, *, strict: bool = False) -> str:
    """The value so that the grammar reads exactly it.

    `strict` is for places where a bare ``=`` would be read as ours, or full-width letters as half-width ones.
    """
    return kept(one_line(value)) if _is_bare(value, strict=strict) else in_marks(value)


def in_marks(value: str) -> str:
    """The value in quotation marks whatever it is: then it is a value and nothing else."""
    escaped = one_line(value).replace("\\", "\\\\").replace('"', '\\"')
    return kept(f'"{escaped}"')


def _is_bare(value: str, *, strict: bool) -> bool:
    if not value or value[0] in DASHES or (strict and ("=" in value or not value.isascii())):
        return False
    return all(char in _SAFE or unicodedata.category(char)[0] in "LNM" for char in value)
