"""The page's own sentences, in the language of whoever looks at it; they stand in words.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("words.toml")


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Return every sentence by its name, in "en" and "ja"."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def say(key: str, language: str, **values: object) -> str:
    """Return a sentence in "ja" or "en".  Raises KeyError when there is no such sentence."""
    return sentences()[key][language].format_map(values)
