"""Counts, durations, moments and lists as a reader of each language writes them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from babel.dates import format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

_MOMENT = {"en": "d MMM y, HH:mm", "ja": "y年M月d日 HH:mm"}
_UNITS = (("duration-day", 86_400), ("duration-hour", 3600), ("duration-minute", 60), ("duration-second", 1))


def shown(value: int | datetime | timedelta, language: str, zone: tzinfo) -> str:
    """A measured value as a reader of this language writes it."""
    match value:
        case datetime():
            return moment(value, language, zone)
        case timedelta():
            return duration(value, language)
        case _:
            return count(value, language)


def count(number: int, language: str) -> str:
    """A whole number with separators: 12,345."""
    return format_decimal(number, locale=language)


def listed(items: Sequence[str], language: str) -> str:
    """Several things in one sentence: "a, b, and c"."""
    return format_list(items, locale=language)


def moment(at: datetime, language: str, zone: tzinfo) -> str:
    """A point in time in this zone, to the minute, with the zone's name; without a zone it is UTC."""
    there = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone)
    written: str = format_datetime(there, _MOMENT[language], tzinfo=zone, locale=language)
    name = there.tzname() or ""
    return f"{written} {'UTC' + name if name[:1] in '+-' else name}"


def duration(length: timedelta, language: str) -> str:
    """A length of time in its two largest units ("1 hr, 5 min"); less than a second in tenths."""
    seconds = max(0.0, length.total_seconds())
    if seconds < 1:
        return _amount(round(seconds, 1), "duration-second", language)
    parts, rest = [], int(seconds)
    for unit, size in _UNITS:
        amount, rest = divmod(rest, size)
        if amount:
            parts.append(_amount(amount, unit, language))
    # CLDR sets Japanese units apart; people in Japan do not: 1分30秒.
    return "".join(parts[:2]) if language == "ja" else format_list(parts[:2], "unit-short", locale=language)


def _amount(amount: float, unit: str, language: str) -> str:
    written = format_unit(amount, unit, "short", locale=language)
    return written.replace(" ", "") if language == "ja" else written
