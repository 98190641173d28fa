"""Words for people, kept apart from the language they are shown in.

A `Words` is an English sentence with named places and the values for them.  It is what the path
stores and passes on; `bot.language` says it in the reader's language, as late as possible.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

Value: TypeAlias = "str | int | datetime | timedelta | Words | tuple[Words, ...]"


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence fit for a person: the English text is also the key of its translations."""

    text: str
    values: tuple[tuple[str, Value], ...] = ()
    many: str = ""  # the plural text, chosen by the value "n"

    def __str__(self) -> str:
        """The English sentence, for logs and tests; what users see is made by `bot.language`."""
        text = self.many if self.many and dict(self.values).get("n") != 1 else self.text
        return text.format_map({name: _plain(value) for name, value in self.values})


def words(text: str, /, **values: Value) -> Words:
    """A sentence with its values: ``words("{id} does not exist", id="i-1")``."""
    return Words(text, tuple(sorted(values.items())))


def plural(one: str, many: str, n: int, /, **values: Value) -> Words:
    """A sentence that depends on a count: ``plural("{n} instance", "{n} instances", 3)``."""
    return Words(one, tuple(sorted({**values, "n": n}.items())), many)


def to_json(said: Words) -> dict[str, Any]:
    """The form that is stored; `from_json` reads it back."""
    stored: dict[str, Any] = {"text": said.text}
    if said.values:
        stored["values"] = {name: _value_to_json(value) for name, value in said.values}
    if said.many:
        stored["many"] = said.many
    return stored


def from_json(stored: Mapping[str, Any]) -> Words:
    """Read what `to_json` wrote."""
    values = {name: _value_from_json(value) for name, value in stored.get("values", {}).items()}
    return Words(stored["text"], tuple(sorted(values.items())), stored.get("many", ""))


def _value_to_json(value: Value) -> Any:
    match value:
        case Words():
            return to_json(value)
        case tuple():
            return [to_json(item) for item in value]
        case datetime():
            return {"at": value.isoformat()}
        case timedelta():
            return {"seconds": value.total_seconds()}
        case _:
            return value


def _value_from_json(value: Any) -> Value:
    match value:
        case {"text": str()}:
            return from_json(value)
        case {"at": str(at)}:
            return datetime.fromisoformat(at)
        case {"seconds": seconds}:
            return timedelta(seconds=float(seconds))
        case list():
            return tuple(from_json(item) for item in value)
        case str() | int():
            return value
        case _:
            raise ValueError(f"not words: {value!r}")


def _plain(value: Value) -> str:
    match value:
        case tuple():
            return ", ".join(str(item) for item in value)
        case datetime():
            return value.isoformat(timespec="seconds")
        case _:
            return str(value)
