"""What keyboards, phones and input methods do to the characters people mean.

Phones and macOS turn ``--`` into a long dash and straight quotes into curly ones; Japanese input methods
give full-width letters, and ``ー`` for the hyphen key.  `plain` undoes that where a word can only be one of
our own (commands, options, ids, numbers); what people call their things is never passed through it.
"""

import re
from collections.abc import Mapping

from bot.arguments import UsageError
from bot.words import words

DASHES = frozenset("-‐‑‒–—―−⸺⸻﹘﹣－ーｰ")
CLOSED_BY: Mapping[str, str] = {
    '"': '"',
    "“": '”“"',
    "”": '”"',
    "„": "“”",
    "＂": "＂",
    "'": "'",
    "‘": "’‘'",
    "’": "’'",
    "‚": "‘’",
    "＇": "＇",
    "「": "」",
    "『": "』",
    "｢": "｣",
    "〝": "〟〞",
}
"""Opening quotation marks, each with those that may close it."""

SINGLE = frozenset("'‘’‚＇")
"""Marks that are apostrophes too: inside a word they close nothing."""

SEPARATORS = frozenset("=＝:：,，、")
"""Where a value may begin inside a word, so that a quotation mark there opens."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD: Mapping[int, int | str] = {**_FULL_WIDTH, **{ord(dash): "-" for dash in DASHES}}
_UNSEEN = frozenset("\u200b\u200e\u200f\u2060\ufeff")  # zero-width: they come along when text is copied
_LINE_ENDS = dict.fromkeys(map(ord, "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " ")
# Controls, lone surrogates, and the marks that let a line read differently from what it says.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """The text as a plain keyboard would have typed it, in lower case."""
    return text.translate(_FOLD).lower()


def narrow(text: str) -> str:
    """The text with half-width letters and plain hyphens, upper case kept."""
    return text.translate(_FOLD)


def is_all_wide(text: str) -> bool:
    """Whether the input method was in full-width mode for all of it."""
    return bool(text) and all(ord(char) in _FULL_WIDTH or char in "ー" for char in text)


def is_gap(char: str) -> bool:
    """Whether a character keeps words apart: every kind of space, and the zero-width ones."""
    return char.isspace() or char in _UNSEEN


def one_line(text: str) -> str:
    """The text with line ends and tabs as spaces, of the same length."""
    return text.translate(_LINE_ENDS)


def refuse_unprintable(text: str) -> None:
    """Raise UsageError for control characters, lone surrogates and marks that reorder what others read."""
    if found := _UNPRINTABLE.search(text):
        code = f"U+{ord(found[0]):04X}"
        raise UsageError(words("The text holds a character that cannot be shown: {code}.", code=code))


def shown(text: str) -> str:
    """A word as an error may quote it: without what cannot be seen, at most 60 characters."""
    seen = "".join(char for char in text[:200] if char.isprintable() or char == " ")
    return seen if len(seen) <= 60 else f"{seen[:59]}…"
