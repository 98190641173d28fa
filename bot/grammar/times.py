"""Points in time as text: ``22:00``, ``2026-11-22T22:00``, ``22時30分``."""

import re
from datetime import date, time

from bot.grammar.typography import plain
from bot.moment import Moment

_DATE = r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[t ]"
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
_JAPANESE = r"(?P<時>[0-9]{1,2})時(?:(?P<分>[0-9]{1,2})分)?"
_MOMENT = re.compile(f"(?:{_DATE})?(?:{_CLOCK}|{_JAPANESE})")


def read_moment(text: str) -> Moment | None:
    """The moment, or None when the text is none: a time of day, with a date before it or not."""
    found = _MOMENT.fullmatch(plain(text))
    if found is None:
        return None
    hour, minute = found["hour"] or found["時"], found["minute"] or found["分"] or "0"
    try:
        day = date.fromisoformat(found["date"]) if found["date"] else None
        return Moment(time(int(hour), int(minute)), day)
    except ValueError:  # 25:00, 2026-02-30
        return None


def write_moment(moment: Moment) -> str:
    """The canonical text."""
    return str(moment)
