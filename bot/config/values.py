"""Values of the config file: from what TOML gives to what they mean, or a `Mistake`."""

import re
from collections.abc import Iterable
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from bot.arguments import UsageError
from bot.config.mistakes import Mistake, quoted
from bot.grammar import when
from bot.grammar.duration import read_duration
from bot.schedule import DATES, DAYS
from bot.words import words

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=7)

_NAME = re.compile(r"\w[\w.-]{0,59}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_PERSON = re.compile(r"[UW][A-Z0-9]{2,}")
_MEMBER = re.compile(r"[UWS][A-Z0-9]{2,}")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,}")
_ACCOUNT = re.compile(r"[0-9]{12}")
_ROLE = re.compile(r"arn:aws[a-z-]*:iam::([0-9]{12}):role/[\w+=,.@/-]+")
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-[0-9]+")


def read_zone(value: object) -> ZoneInfo:
    """A time zone by its IANA name."""
    try:
        return when.zone_of(quoted(read_text(value)))
    except UsageError as error:
        raise Mistake(error.said) from None


def read_days(value: object) -> tuple[str, ...]:
    """Days by name: ``"daily"``, ``["mon", "fri"]``, ``["mon-fri"]``, ``["weekdays"]``, ``"1st"``."""
    entries = value if isinstance(value, list) else [value]
    chosen = {day for entry in entries for day in _days(entry)}
    if not chosen:
        raise Mistake(words("it may not be empty."))
    return tuple(day for day in (*DAYS, *DATES) if day in chosen)


def read_weekdays(value: object) -> tuple[str, ...]:
    """The same for hours, which a week repeats."""
    days = read_days(value)
    if dates := set(days) - set(DAYS):
        raise Mistake(words("hours repeat every week; {date} is a day of the month.", date=min(dates)))
    return days


def _days(entry: object) -> Iterable[str]:
    if not isinstance(entry, str) or entry.strip().isdigit():
        raise Mistake(words("days are names, never numbers: {days}.", days=" ".join(DAYS)))
    try:
        return when.days_of(quoted(entry))
    except UsageError as error:
        raise Mistake(error.said) from None


def read_time(value: object) -> str:
    """A local time of day as ``HH:MM``; TOML's own time is understood too."""
    if isinstance(value, time):
        value = f"{value:%H:%M}" if value == value.replace(second=0, microsecond=0) else str(value)
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise Mistake(
            words("“{time}” is not a time of day; write it like 01:00 or 19:30.", time=quoted(value))
        )
    return value


def read_span(value: object) -> timedelta:
    """A span of time such as ``30m`` or ``1h30m``, of a minute to a week."""
    span = read_duration(value) if isinstance(value, str) else None
    if span is None:
        raise Mistake(
            words("“{span}” is not a span of time; write it like 30m, 2h or 1d.", span=quoted(value))
        )
    if not SHORTEST <= span <= LONGEST:
        raise Mistake(words("it must be from {least} to {most}.", least=SHORTEST, most=LONGEST))
    return span


def read_name(value: object) -> str:
    """A name people type: one word, at most 60 characters, since it becomes part of keys."""
    name = read_text(value)
    if not _NAME.fullmatch(name):
        raise Mistake(words("a name is one word of letters, digits, “-”, “_” and “.”, at most 60 long."))
    return name


def read_person(value: object) -> str:
    """A Slack user id."""
    example = words("it must be a Slack user id, such as U012ABCDEF (profile, ⋮, Copy member ID).")
    return _fits(_PERSON, value, Mistake(example))


def read_member(value: object) -> str:
    """A Slack user id, or the id of a user group."""
    example = words("“{value}” is neither a Slack user id (U…) nor a user group's (S…).", value=quoted(value))
    return _fits(_MEMBER, value, Mistake(example))


def read_channel(value: object) -> str:
    """A Slack channel id: names change, ids do not."""
    example = words("it must be a Slack channel id, such as C012ABCDEF (channel, About), not its name.")
    return _fits(_CHANNEL, value, Mistake(example))


def read_account(value: object) -> str:
    """An AWS account id: text, since a number would lose its leading zeros."""
    return _fits(_ACCOUNT, value, Mistake(words("it must be AWS's twelve digits, in quotes.")))


def read_role(value: object) -> str:
    """The ARN of an IAM role ("IAM identifiers", IAM user guide)."""
    example = words("it must be a role's ARN, such as arn:aws:iam::123456789012:role/toban.")
    return _fits(_ROLE, value, Mistake(example))


def account_of(role: str) -> str:
    """The account a role's ARN names."""
    return role.split(":")[4]


def read_region(value: object) -> str:
    """A region's code."""
    example = words("“{value}” is not a region's code, such as ap-northeast-1.", value=quoted(value))
    return _fits(_REGION, value, Mistake(example))


def read_text(value: object) -> str:
    """Text that says something."""
    if not isinstance(value, str):
        raise Mistake(words("it must be text in quotes."))
    if not value.strip():
        raise Mistake(words("it may not be empty."))
    return value


def _fits(pattern: re.Pattern[str], value: object, otherwise: Mistake) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise otherwise
    return value
