"""Fields of an event, read so that none can surprise: what is absent or of another kind is empty.

AWS may add fields and leave some out: "make sure that your application is prepared to handle unknown
properties" ("Amazon ECS events", ECS developer guide).  Texts come out on one line, without characters that
no database or message takes, and clipped.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from textwrap import wrap

from aws.redaction import redacted

NAME, PROSE = 80, 280  # characters: of what stands within a title, and of a fact; Slack takes 150 and 3000
_READ = 20_000  # characters of one text that are looked at; EventBridge sends 256 KB at most
_LARGE = 10**15
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONE = re.compile("[\ud800-\udfff]")  # halves of a character, which nothing can encode
_YEARS = range(1971, 2999)  # what is farther away cannot be shown in every time zone


def at(value: object, *path: str | int) -> object:
    """What stands at the end of a path; None when it leads nowhere."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, Mapping) else None
        else:
            inside = isinstance(value, list | tuple) and -len(value) <= step < len(value)
            value = value[step] if inside else None  # type: ignore[index] # a list, as the line above says
    return value


def text(value: object, *path: str | int, most: int = NAME) -> str:
    """A word, a number or a short text; "" for anything else."""
    found = at(value, *path)
    match found:
        case str():
            return clipped(_one_line(found), most)
        case bool():
            return str(found).lower()
        case int() if abs(found) < _LARGE:
            return str(found)
        case float():
            return clipped(f"{found:.15g}", most)
        case _:
            return ""


def prose(value: object, *path: str | int, most: int = PROSE) -> str:
    """What somebody wrote, with whatever looks like a secret blacked out; "" for anything but text."""
    found = at(value, *path)
    return clipped(redacted(_one_line(found)), most) if isinstance(found, str) else ""


def lines(value: object, *path: str | int, most: int) -> tuple[str, ...]:
    """What somebody wrote in several lines, as prose; long ones are folded, and "…" ends what was cut."""
    found = at(value, *path)
    said = redacted(found[:_READ]).splitlines() if isinstance(found, str) else []
    every = [piece for one in said for piece in wrap(_one_line(one), PROSE)]
    return (*every[: most - 1], f"{every[most - 1][: PROSE - 1]}…") if len(every) > most else tuple(every)


def items(value: object, *path: str | int) -> tuple[Mapping[str, object], ...]:
    """The objects of a list; what else stands in it is left out."""
    found = at(value, *path)
    return tuple(one for one in found if isinstance(one, Mapping)) if isinstance(found, list | tuple) else ()


def texts(value: object, *path: str | int, most: int = NAME) -> tuple[str, ...]:
    """The texts of a list, or the one that stands where a list could."""
    found = at(value, *path)
    many = found if isinstance(found, list | tuple) else (found,)
    return tuple(said for one in many if (said := text(one, most=most)))


def amount(value: object, *path: str | int) -> Decimal | None:
    """A number, written as one or as text; None for what is none, or not finite."""
    try:
        found = Decimal(text(value, *path))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < 10 * _LARGE else None


def moment(value: object, *path: str | int) -> datetime | None:
    """A moment, as 2026-11-22T01:00:00.000+0000 or "Sun, 22 Nov 2026 01:00:00 GMT"; None for what is none."""
    said = text(value, *path)
    try:
        found = datetime.fromisoformat(said) if said[:4].isdigit() else parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if found.year not in _YEARS:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def decoded(value: object, *path: str | int) -> object:
    """What JSON within a text says; None when it is none."""
    found = at(value, *path)
    try:
        return json.loads(found) if isinstance(found, str) else None
    except (ValueError, RecursionError):
        return None


def tail(arn: str) -> str:
    """The last part of an ARN, or of any name with slashes or colons."""
    return re.split("[/:]", arn)[-1]


def clipped(said: str, most: int) -> str:
    """The text within so many characters, ended by "…" when something was cut."""
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"


def short(value: Decimal) -> str:
    """A number as people say it: 45,628 99.5 0.0667."""
    size = abs(value)
    if size >= _LARGE:
        return f"{value:.3e}"
    if size >= 1000:
        return f"{value:,.0f}"
    return f"{value:.2f}".rstrip("0").rstrip(".") if size >= 1 or not value else f"{value:.3g}"


def _one_line(said: str) -> str:
    return " ".join(_LONE.sub("\ufffd", _UNSAFE.sub(" ", said[:_READ])).split())
