"""Which fonts write a picture: matplotlib's own, and for Japanese one that is installed."""

from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from matplotlib import font_manager

LATIN = "DejaVu Sans"  # comes with matplotlib
JAPANESE = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Source Han Sans JP",
    "IPAexGothic",
    "IPAPGothic",
    "IPAGothic",
    "TakaoPGothic",
    "TakaoGothic",
    "VL PGothic",
    "VL Gothic",
    "Hiragino Sans",
    "Hiragino Kaku Gothic Pro",
    "Yu Gothic",
    "Meiryo",
    "MS Gothic",
    "BIZ UDGothic",
    "MotoyaLCedar",
    "Droid Sans Fallback",
)
"""Fonts with Japanese letters, the most readable first."""
_HINTS = (
    *("cjk", "notosansjp", "sourcehan", "ipa", "takao", "vl-", "hiragino", "yugoth", "meiryo"),
    *("gothic", "motoya", "droidsansfallback"),
)
"""Parts of the names of their files."""


def chosen(texts: Iterable[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The families to write these texts with, in order, and the letters that none of them has."""
    letters = frozenset(letter for text in texts for letter in text if not letter.isspace())
    if letters <= _letters(LATIN):
        return (LATIN,), frozenset()
    families = (LATIN, *_japanese())
    return families, letters.difference(*map(_letters, families))


@cache
def _japanese() -> tuple[str, ...]:
    """The first family for Japanese that is installed, if any."""
    if not _listed() & set(JAPANESE):
        _look_again()
    return tuple(family for family in JAPANESE if family in _listed())[:1]


def _listed() -> set[str]:
    return {entry.name for entry in font_manager.fontManager.ttflist}


def _look_again() -> None:
    """The list may be older than a font that was installed since."""
    manager = font_manager.fontManager
    listed = {entry.fname for entry in manager.ttflist}
    for path in sorted(set(font_manager.findSystemFonts()) - listed):
        if any(hint in Path(path).name.lower() for hint in _HINTS):
            with suppress(OSError, RuntimeError):  # a file that FreeType cannot read is no font
                manager.addfont(path)


@cache
def _letters(family: str) -> frozenset[str]:
    font = font_manager.get_font(font_manager.findfont(family))
    return frozenset(map(chr, font.get_charmap()))
