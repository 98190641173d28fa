"""A text of JSON that somebody has sent, as it can be stored and sent on, or quoted.  Pure."""

import json
import math
import re
from typing import Any

from aws.redaction import redacted

_LONGEST = 400  # characters of a text that is quoted
_DEEPEST = 50  # levels; AWS's own events have a dozen
_LONE = re.compile("[\ud800-\udfff]")  # half of a character, which nothing can store or send


def loaded(text: str) -> Any:
    """What a text of JSON says, as it can be stored and sent; None for what is none, or too deep."""
    try:
        return _sound(json.loads(text), _DEEPEST)
    except (ValueError, RecursionError):
        return None


def _sound(value: Any, deep: int) -> Any:
    """The same without what JSON can hold and nobody else.  Raises ValueError for what is too deep."""
    match value:
        case str():
            return value if value.isascii() else _LONE.sub("\ufffd", value)
        case dict() | list() if not deep:
            raise ValueError("too deep")
        case dict():
            return {_sound(name, 0): _sound(inner, deep - 1) for name, inner in value.items()}
        case list():
            return [_sound(inner, deep - 1) for inner in value]
        case float() if not math.isfinite(value):
            return str(value)
        case _:
            return value


def quoted(body: str) -> str:
    """The begin of what cannot be read, without its secrets."""
    return _LONE.sub("\ufffd", redacted(body[:_LONGEST]))
