"""All the words of an answer, whatever it is made of."""

from dataclasses import fields, is_dataclass
from typing import Any

from bot.words import Words


def spoken(value: Any) -> str:
    """Every text in it, with spaces between."""
    if isinstance(value, (str, Words)):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(spoken(getattr(value, one.name)) for one in fields(value))
    if isinstance(value, dict):
        return " ".join(spoken(one) for one in value.values())
    return " ".join(map(spoken, value)) if isinstance(value, (list, tuple, frozenset)) else ""
