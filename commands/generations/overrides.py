"""What a resource's own tags say about its backup; they go before what the line says.  Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.words import Words, words
from commands.generations.keep import Keep
from commands.generations.options import MOST
from commands.generations.tags import COPY_TO, EXCLUDE, KEEP

_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How one resource is to be treated."""

    keep: Keep
    copy_to: tuple[str, ...]
    excluded: bool = False
    unclear: tuple[Words, ...] = ()  # tags that cannot be read: then nothing of it is deleted


def wanted(
    tags: Mapping[str, str], keep: Keep, copy_to: Sequence[str], regions: Sequence[str], home: str
) -> Wanted:
    """The line's rule, changed by the tags of the resource; `regions` are those that it may be copied to."""
    unclear: list[Words] = []
    changed: dict[str, Any] = {}
    for part, key in KEEP.items():
        if key in tags:
            value = _age(tags[key]) if part == "older_than" else _count(tags[key])
            if value is None:
                unclear.append(words("its tag {key} is “{value}”", key=key, value=tags[key]))
            changed[part] = value
    there = tuple(tags[COPY_TO].split()) if COPY_TO in tags else tuple(copy_to)
    for region in there:
        if region not in regions:
            unclear.append(words("its tag {key} is “{value}”", key=COPY_TO, value=region))
    return Wanted(
        Keep() if unclear else replace(keep, **changed) if changed else keep,
        tuple(dict.fromkeys(region for region in there if region in regions and region != home)),
        is_excluded(tags),
        tuple(unclear),
    )


def is_excluded(tags: Mapping[str, str]) -> bool:
    """Whether a tag keeps toban's hands off a resource."""
    return tags.get(EXCLUDE, "").strip().lower() in {"true", "yes", "1"}


def _count(text: str) -> int | None:
    number = text.strip()
    return int(number) if number.isdecimal() and number.isascii() and 1 <= int(number) <= MOST else None


def _age(text: str) -> timedelta | None:
    """A duration such as 30d, in the hours, days or weeks of Python's timedelta."""
    number, unit = text.strip()[:-1], text.strip()[-1:]
    if unit not in _UNITS or not (number.isdecimal() and number.isascii() and len(number) <= 4):
        return None
    return timedelta(**{_UNITS[unit]: int(number)})
