"""An object as flat fields, "path: value", for what no reading knows by name.

What looks like a secret, or has a name of one, is blacked out; what says most comes first.
"""

from collections.abc import Iterator, Mapping
from itertools import islice

from aws.redaction import HIDDEN, redacted
from bot.words import Words, words
from jobs.readings.fields import clipped, prose, text

_DEEP, _MANY = 6, 200  # levels and fields that are looked at
_TELLING = frozenset(
    {"title", "subject", "description", "message", "reason", "cause", "severity", "status", "state"}
    | {"type", "name", "event", "result", "eventname", "errorcode", "errormessage"}
)
_KNOWN = frozenset({"version", "schemaversion", "partition", "accountid", "account", "region", "id"})


def lines(value: object, most: int) -> tuple[Words, ...]:
    """At most so many lines; the last says how many fields there is no room for."""
    found = sorted(islice(_fields(value, "", 0), _MANY), key=_weight)
    shown = found if len(found) <= most else found[: most - 1]
    said = [
        words("{path}: {value}", path=clipped(path, 100) or "–", value=_said(path, inside))
        for path, inside in shown
    ]
    if len(shown) < len(found):
        said.append(words("and {count} more fields", count=str(len(found) - len(shown))))
    return tuple(said)


def _weight(field: tuple[str, object]) -> int:
    """What says most comes first, what a message says anyway comes last."""
    path = field[0].partition(".")[0].casefold()
    return 0 if path in _TELLING else 2 if path in _KNOWN else 1


def _fields(value: object, path: str, depth: int) -> Iterator[tuple[str, object]]:
    """The fields with something in them."""
    if isinstance(value, Mapping) and depth < _DEEP:
        for name, inside in value.items():
            yield from _fields(inside, f"{path}.{text(name)}".lstrip("."), depth + 1)
    elif isinstance(value, list | tuple) and depth < _DEEP:
        for number, inside in enumerate(value):
            yield from _fields(inside, f"{path}[{number}]", depth + 1)
    elif value not in (None, "", [], {}):
        yield path, value


def _said(path: str, value: object) -> str:
    """A value; the whole of it is blacked out when its name says that it is a secret."""
    plain = f'{path.rpartition(".")[2]}="x"'
    if isinstance(value, str):
        return HIDDEN if redacted(plain) != plain else prose(value)
    return text(value) or "…"
