"""Why an event does not fit a pattern: the first field that is in the way, in a sentence.  Pure."""

import json
from collections.abc import Mapping
from typing import Any

from bot.pattern import Pattern, fits
from bot.words import Words, words

SHOWN = 80  # characters of a value


def misfit(pattern: Pattern, event: Any, where: str = "") -> Words | None:
    """What of a pattern an event does not fit; None when it fits."""
    if not isinstance(event, Mapping):
        return words("{field} is {value}, not an object", field=where, value=_short(event))
    for name, wanted in pattern.items():
        if not fits({name: wanted}, event):
            return _field(wanted, event, name, f"{where}.{name}" if where else name)
    return None


def _field(wanted: Any, event: Mapping[str, Any], name: str, where: str) -> Words | None:
    if name == "$or":
        return words("it fits none of the alternatives of {field}", field=where)
    if name not in event:
        return words("it has no {field}; the rule wants {wanted}", field=where, wanted=_short(wanted))
    if isinstance(wanted, Mapping) and not isinstance(event[name], list):
        return misfit(wanted, event[name], where)
    return words(
        "{field} is {value}; the rule wants {wanted}",
        field=where,
        value=_short(event[name]),
        wanted=_short(wanted),
    )


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
