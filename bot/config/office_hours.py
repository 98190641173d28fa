"""Dates of office hours: from what the config file says to what it means, or a `Mistake`."""

import re
from datetime import date, time

from bot.config.mistakes import Mistake, quoted
from bot.config.values import read_name, read_time
from bot.hours import Dates, Span
from bot.words import words

NONE = "none"
"""What the tag `toban:hours` says where no calendar holds; so no calendar is called that."""
_OPENING = re.compile(r"(?P<dates>\S+)(?:\s+(?P<begin>[0-9:]+)\s*-\s*(?P<end>[0-9:]+))?")


def read_calendar(value: object) -> str:
    """The name of a calendar."""
    name = read_name(value)
    if name.lower() == NONE:
        raise Mistake(words("“none” is what a tag says where no calendar holds; take another name."))
    return name


def read_dates(value: object) -> Dates:
    """A date, or the first and last of several: ``2026-12-29..2027-01-03``; TOML's own dates too."""
    first, dots, last = f"{value}".strip().partition("..")
    try:
        dates = Dates(
            date.fromisoformat(first.strip()), date.fromisoformat((last if dots else first).strip())
        )
    except ValueError:
        raise Mistake(
            words(
                "“{dates}” is no date; write 2026-12-29, or 2026-12-29..2027-01-03 for all of them.",
                dates=quoted(value),
            )
        ) from None
    if dates.last < dates.first:
        raise Mistake(words("“{dates}” ends before it begins.", dates=quoted(value)))
    return dates


def read_opening(value: object) -> tuple[Dates, Span | None]:
    """Dates with hours of their own, ``2026-12-05 10:00-15:00``; without any, the usual ones."""
    found = _OPENING.fullmatch(f"{value}".strip())
    if found is None:
        raise Mistake(
            words(
                "“{opening}” is no exception; write it like 2026-12-05 10:00-15:00, or 2026-12-05 alone.",
                opening=quoted(value),
            )
        )
    dates = read_dates(found["dates"])
    return dates, span(read_time(found["begin"]), read_time(found["end"])) if found["begin"] else None


def span(begin: str, end: str) -> Span:
    """The hours between two times of day as `read_time` gives them."""
    return Span(time.fromisoformat(begin), time.fromisoformat(end))
