"""How a verb's arguments are declared; the grammar, the forms and the help read this.

A leaf of bot/: it imports no other part of bot/ but `words`.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.words import Words, words


class UsageError(ValueError):
    """The text does not fit the command; `said` tells what is wrong, where, and what would be right."""

    def __init__(self, said: Words) -> None:
        super().__init__(str(said))
        self.said = said


class Kind(StrEnum):
    """What an argument is made of; the grammar, the forms and the help read this."""

    TARGETS = "targets"  # ids, name:web-*, tag:Key=Value, all -> Targets
    WORD = "word"  # one word -> str
    TEXT = "text"  # everything that is left -> str
    LINE = "line"  # a line that could be asked by itself; everything that is left -> str, canonical
    TIMES = "times"  # "weekdays 09:00 Asia/Tokyo" -> Times
    NUMBER = "number"  # -> int
    DURATION = "duration"  # 30s 5m 2h 7d -> timedelta
    MOMENT = "moment"  # 22:00 2026-11-22T22:00 -> Moment
    CHOICE = "choice"  # one of `choices` -> str
    FLAG = "flag"  # there or not -> bool
    PERSON = "person"  # <@U…> -> user id
    ACCOUNT = "account"  # one of the config's accounts -> str
    REGION = "region"  # one of the config's regions -> str
    SCHEDULE = "schedule"  # one of the schedules there are -> str
    CALENDAR = "calendar"  # one of the config's office hours -> str


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument of a verb; its name is the dataclass field's name."""

    kind: Kind
    help: Words
    option: bool = True  # --name value; False: by position
    required: bool = False
    many: bool = False  # may be given several times -> tuple
    spreads: bool = False  # of an option with many: takes every word up to the next option
    choices: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    prefixes: tuple[str, ...] = ()  # of ids among TARGETS, such as "i-"
    begins: str = ""  # how a LINE begins that is typed without its slash: "failover run"


def emergency_arg() -> str:
    """The option --emergency of a verb that changes something; the flow reads it by this name."""
    declared: str = arg(Kind.TEXT, words("do it at once, without an approval, and say why"), default="")
    return declared


def arg(kind: Kind, help: Words, *, default: Any = None, **rest: Any) -> Any:  # noqa: A002 - as dataclasses.field
    """Declare a field of an argument dataclass: ``keep: int = arg(Kind.NUMBER, words(...), default=7)``."""
    declared = Arg(kind, help, **rest)
    if declared.required:
        return field(metadata={"arg": declared})
    return field(default=default, metadata={"arg": declared})
