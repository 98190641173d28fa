"""When a schedule runs: ``weekdays 09:00 Asia/Tokyo``, as people type it.  Pure.

Weekdays are names, never numbers, since tools disagree which day is 0.
"""

import re
from zoneinfo import ZoneInfo, available_timezones

from bot.arguments import UsageError
from bot.grammar.suggest import hint
from bot.grammar.typography import is_gap, narrow, plain, shown
from bot.schedule import DATES, DAY_GROUPS, DAYS, Times
from bot.words import words

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_JAPANESE = dict(zip("月火水木金土日", DAYS, strict=True)) | {
    "平日": "weekdays",
    "週末": "weekends",
    "毎日": "daily",
    "毎月": "monthly",
}
_ZONES = {"jst": "Asia/Tokyo", "utc": "UTC"}  # the one that people in Japan write, and everybody's
_MARKS = frozenset('"“”„＂「」')  # somebody fills in a form as the line would be typed
_BETWEEN = str.maketrans("~〜、，", "--,,")


def read_times(text: str) -> Times:
    """Days, a time of day, and perhaps a zone.

    Raises UsageError; what it says begins in the middle of a sentence, for a place to stand before it.
    """
    said = narrow("".join(" " if is_gap(char) or char in _MARKS else char for char in text)).split()
    at = next((place for place, word in enumerate(said) if _CLOCK.fullmatch(word)), None)
    if at is None or not said[:at] or len(said) > at + 2:
        raise UsageError(
            words(
                "“{when}” is no timetable; write days, a time and perhaps a zone in quotation marks,"
                " such as “weekdays 09:00 Asia/Tokyo”.",
                when=shown(text),
            )
        )
    named = {day for word in said[:at] for entry in _apart(word) for day in days_of(entry)}
    days = tuple(day for day in (*DAYS, *DATES) if day in named)
    return Times(days, said[at].zfill(5), _zone(said[at + 1 :]))


def days_of(entry: str) -> tuple[str, ...]:
    """The days that ``mon``, ``mon-fri``, ``sat-mon``, ``weekdays``, ``平日``, ``1st`` or ``毎月`` means.

    Raises UsageError, as `read_times` does.
    """
    name = plain(entry.strip()).translate(_BETWEEN)
    first, dash, last = (_english(part.strip()) for part in name.partition("-"))
    if first in DAY_GROUPS and not dash:
        return DAY_GROUPS[first]
    if first in DATES and not dash:
        return (first,)
    for day in (first, last) if dash else (first,):
        if day not in DAYS:
            near = hint(day, (*DAYS, *DAY_GROUPS, *DATES[:1]))
            raise UsageError(words("there is no day “{day}”. {hint}", day=shown(day), hint=near))
    start, end = DAYS.index(first), DAYS.index(last or first)
    return DAYS[start : end + 1] if start <= end else (*DAYS[start:], *DAYS[: end + 1])


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its IANA name.  Raises UsageError, as `read_times` does."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # unknown, not a plain name, a folder of zones
        near = hint(name, available_timezones()) if name else words("Such as Asia/Tokyo.")
        said = words("there is no time zone “{zone}”. {hint}", zone=shown(name), hint=near)
        raise UsageError(said) from None


def _apart(word: str) -> list[str]:
    return [entry for entry in word.translate(_BETWEEN).split(",") if entry]


def _english(day: str) -> str:
    if (date := day.removeprefix("毎月").removesuffix("日")).isdecimal() and day.startswith("毎月"):
        return DATES[int(date) - 1] if 1 <= int(date) <= len(DATES) else day
    short = day.removesuffix("日").removesuffix("曜") if len(day) > 1 and day not in _JAPANESE else day
    return _JAPANESE.get(short, day)


def _zone(said: list[str]) -> str:
    if not said:
        return ""
    known = _ZONES.get(plain(said[0]))
    return known or zone_of(said[0]).key
