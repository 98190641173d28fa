"""The JSON inputs of the Lambda functions that made backups before toban, as its schedules.  Pure.

The fields are those of the functions that create and copy snapshots and create images; what is unknown
or misspelt is named, and nothing is guessed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.grammar.suggest import hint

Input: TypeAlias = Mapping[str, object]

KEEP = 5  # their default of generationCount
MOST = 1000
QUEUE = ("sqsEndpoint", "queueName")  # they passed work on by SQS; toban's rows do that
LISTS = {
    "volumeIdRequests": "volumeId",
    "snapshotIdRequests": "sourceSnapshotId",
    "imageCreateRequests": "instanceId",
}
"""Inputs that hold several others, and what each of those is known by."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    "volumeId": ("volumeId", "generationCount", "destinationRegion"),
    "tagName": ("tagName", "generationCount"),
    "sourceSnapshotId": ("sourceSnapshotId", "destinationRegion", "generationCount"),
    "instanceId": (
        *("instanceId", "amiName", "noReboot", "generationCount", "imageCreatedTimeoutSec"),
        *QUEUE,
    ),
    "numberOfMessages": ("numberOfMessages", *QUEUE),
}
"""By the field that says what an input is: all fields it may have."""
_ID = {
    "volumeId": re.compile(r"vol-[0-9a-f]{8,17}"),
    "sourceSnapshotId": re.compile(r"snap-[0-9a-f]{8,17}"),
    "instanceId": re.compile(r"i-[0-9a-f]{8,17}"),
    "tagName": re.compile(r"[^\s\"'\\]{1,256}"),
    "destinationRegion": re.compile(r"[a-z]{2}(-[a-z]+)+-[0-9]+"),
}


class Wrong(ValueError):
    """Something in an input that nobody can read; the message says what, and what would be right."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that an input asks for."""

    what: str  # the field that names it
    target: str
    keep: int
    region: str = ""  # where copies go
    reboot: bool = False
    dropped: tuple[str, ...] = ()  # fields that need no counterpart


@dataclass(frozen=True, slots=True)
class Line:
    """What the clock shall ask."""

    line: str
    deletions: int | None  # of one usual run; None: nobody can know
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file of inputs."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...]  # inputs that need no schedule, and why
    mistakes: tuple[str, ...]


def read(inputs: object, *, count_existing: bool = False) -> Imported:
    """Lines for one input or a list of them; an input with a mistake gives none."""
    lines: list[Line] = []
    notes: list[str] = []
    mistakes: list[str] = []
    for number, one in enumerate(inputs if isinstance(inputs, list) else [inputs], start=1):
        wanted, wrong = _wanted(one)
        mistakes += [f"input {number}: {text}" for text in wrong]
        if not wrong and not wanted:
            notes.append(f"input {number}: looking whether images are there needs no schedule; toban does it")
        lines += _lines(wanted, count_existing=count_existing) if not wrong else []
    return Imported(tuple(lines), tuple(notes), tuple(mistakes))


# -- what an input asks for ---------------------------------------------------------------------------


def _wanted(one: object) -> tuple[list[Wanted], list[str]]:
    """What it asks for, and all that is wrong with it."""
    if not isinstance(one, dict):
        return [], ["an input is an object with fields, such as {“volumeId”: “vol-…”}"]
    several = next((name for name in LISTS if name in one), None)
    if several is None:
        return _of([(one, _kind(one))], [])
    others = [f"“{name}” is unknown beside {several}" for name in one if name != several]
    parts = one[several]
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        return [], [*others, f"{several} is a list of objects"]
    return _of([(part, LISTS[several]) for part in parts], others)


def _of(parts: Iterable[tuple[Input, str]], wrong: list[str]) -> tuple[list[Wanted], list[str]]:
    found: list[Wanted] = []
    for part, kind in parts:
        unknown = _unknown(part, kind)
        wrong += unknown
        try:
            if kind and kind != "numberOfMessages" and not unknown:
                found.append(_one(part, kind))
        except Wrong as error:
            wrong.append(str(error))
    return found, wrong


def _kind(one: Input) -> str:
    """The field that says what it is; "" when none does."""
    known = next((name for name in FIELDS if name in one), "")
    return known or ("numberOfMessages" if one and set(one) & set(QUEUE) else "")


def _unknown(one: Input, kind: str) -> list[str]:
    known = FIELDS.get(kind) or (*LISTS, *dict.fromkeys(name for names in FIELDS.values() for name in names))
    wrong = [f"“{name}” is unknown. {hint(name, known)}" for name in one if name not in known]
    return wrong or ([] if kind else ["it names no volume, tag, snapshot or instance"])


def _one(one: Input, kind: str) -> Wanted:
    if kind == "instanceId" and "amiName" not in one:
        raise Wrong("amiName is missing; without it this may be an input for starting and stopping instances")
    copies = kind == "sourceSnapshotId" or "destinationRegion" in one
    return Wanted(
        kind,
        _fitting(one, kind),
        _keep(one),
        _fitting(one, "destinationRegion") if copies else "",
        reboot=kind == "instanceId" and not _flag(one, "noReboot"),
        dropped=tuple(name for name in ("amiName", "imageCreatedTimeoutSec", *QUEUE) if name in one),
    )


def _fitting(one: Input, name: str) -> str:
    value = one.get(name)
    if not isinstance(value, str) or not _ID[name].fullmatch(value):
        raise Wrong(f"{name} is missing" if value is None else f"{name} cannot be “{value}”")
    return value


def _keep(one: Input) -> int:
    """generationCount, a number or one in quotes."""
    value = one.get("generationCount", KEEP)
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= MOST):
        raise Wrong(f"generationCount is a number from 1 to {MOST}, and not “{value}”")
    return int(text)


def _flag(one: Input, name: str) -> bool:
    value = one.get(name, False)
    if not isinstance(value, bool):
        raise Wrong(f"{name} is true or false, and not “{value}”")
    return value


# -- what toban does instead --------------------------------------------------------------------------


def _lines(wanted: Sequence[Wanted], *, count_existing: bool) -> list[Line]:
    """One line for all that is kept and copied alike, in the order of the input."""
    alike: dict[tuple[object, ...], list[Wanted]] = {}
    for one in wanted:
        alike.setdefault((one.what, one.keep, one.region, one.reboot), []).append(one)
    return [_line(group, count_existing=count_existing) for group in alike.values()]


def _line(group: Sequence[Wanted], *, count_existing: bool) -> Line:
    first = group[0]
    targets = tuple(dict.fromkeys(one.target for one in group))
    options = [f"--keep {first.keep}"]
    notes = [f"{', '.join(sorted({name for one in group for name in one.dropped}))}: toban needs none of it"]
    notes = notes if any(one.dropped for one in group) else []
    if first.region:
        options.append(f"--to {first.region}")
        notes += _OF_COPIES[first.what == "sourceSnapshotId"]
        notes += ["copies made by the former function do not count here"] if count_existing else []
    elif count_existing:
        options.append("--count-existing")
    if first.what == "instanceId":
        options.append("--reboot" if first.reboot else "--images")
    named = [f"tag:Backup={one}" for one in targets] if first.what == "tagName" else list(targets)
    deletions = None if first.what == "tagName" else len(targets)
    return Line(" ".join([_verb(first), *named, *options]), deletions, tuple(notes))


def _verb(one: Wanted) -> str:
    if one.region:
        return "snapshot copy"
    return "ami create" if one.reboot else "backup tonight"


_OF_COPIES: Mapping[bool, list[str]] = {
    True: ["a snapshot is copied once; a schedule for a volume copies each night's"],
    False: ["runs after the night that makes the snapshots; “backup tonight … --copy-to” does both"],
}


# -- as the config file has them ----------------------------------------------------------------------


def toml(imported: Imported, *, time: str, channel: str, owner: str) -> str:
    """The schedules as they stand in the config file; what nobody said is a comment to fill in."""
    text = [f"# {note}" for note in imported.notes]
    for number, one in enumerate(imported.lines, start=1):
        text += ["", *(f"# {note}" for note in one.notes), f"[schedules.backup-{number}]"]
        text += [f'line = "{one.line}"', 'days = "daily"', f'time = "{time}"']
        text.append(_given("channel", channel, "C…: where it reports"))
        text.append(_given("owner", owner, "U…: it runs with this person's rights"))
        text.append(_most(one.deletions))
    return "\n".join(text).strip() + "\n" if text else ""


def _given(name: str, value: str, otherwise: str) -> str:
    return f'{name} = "{value}"' if value else f"# {name} = {otherwise}"


def _most(deletions: int | None) -> str:
    if deletions is None:
        return "# most_deletions = as many as carry the tag; more than this in one run waits for a click"
    return f"most_deletions = {deletions}"
