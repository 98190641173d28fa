"""Mistakes in settings: each one a sentence that says where it is and what would be right."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from bot.words import Words, words

Where = Callable[[tuple[str, ...]], Words]
"""The place of a setting, for people, from its keys."""
Known = Callable[[tuple[str, ...]], Words]
"""Which keys there could be instead of an unknown one."""

_SECRET = re.compile(r"xox[a-z]-|xapp-|://[^/]*@|AKIA|ASIA")
_LONGEST = 60  # characters of a value that are quoted


class Mistake(ValueError):
    """One value cannot be used; `said` is why, without its place."""

    def __init__(self, said: Words) -> None:
        super().__init__(str(said))
        self.said = said


class SettingsError(Exception):
    """The settings cannot be used; `mistakes` names every one with its place.  Quotes no secret."""

    def __init__(self, mistakes: Sequence[Words]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = tuple(mistakes)


def quoted(value: object) -> str:
    """A value as it may be shown: shortened, and never what looks like a secret."""
    text = str(value)
    if _SECRET.search(text):
        return "…"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def told(error: ValidationError, where: Where, known: Known) -> Iterator[Words]:
    """A sentence for every mistake that was found."""
    for found in error.errors(include_url=False, include_input=False):
        keys = tuple(_key(key) for key in found["loc"] if key != "[key]")
        raised = found.get("ctx", {}).get("error")
        match found["type"]:
            case "extra_forbidden":
                yield words("{place}: there is no such setting. {hint}", place=where(keys), hint=known(keys))
            case "missing":
                yield words("{place} is missing.", place=where(keys))
            case _ if isinstance(raised, Mistake):
                yield words("{place}: {why}", place=where(keys), why=raised.said)
            case kind:
                yield words("{place}: {why}", place=where(keys), why=_wrong(kind, found.get("ctx", {})))


def _key(key: str | int) -> str:
    """An entry of a list is shown by its place, counted from 1."""
    return f"#{key + 1}" if isinstance(key, int) else quoted(key)


def _wrong(kind: str, limits: Mapping[str, Any]) -> Words:
    """What pydantic's kinds of errors mean here ("Validation Errors", pydantic)."""
    match kind:
        case "literal_error":
            return words("it must be one of {choices}.", choices=_choices(str(limits.get("expected"))))
        case "too_long":
            return words("it may not have more than {most} entries.", most=int(limits["max_length"]))
        case "less_than_equal":
            return words("it may not be above {most}.", most=int(limits["le"]))
        case "greater_than_equal":
            return words("it may not be below {least}.", least=int(limits["ge"]))
    return {
        "int_type": words("it must be a whole number, without quotes."),
        "list_type": words("it must be a list, such as [“a”, “b”]."),
        "dict_type": words("it must be a table with settings of its own."),
        "model_type": words("it must be a table with settings of its own."),
        "too_short": words("it may not be empty."),
    }.get(kind, words("it is not what is expected here."))


def _choices(expected: str) -> str:
    """pydantic's "'en' or 'ja'" without its English."""
    return ", ".join(f"“{one}”" for one in re.findall(r"'([^']*)'", expected))
