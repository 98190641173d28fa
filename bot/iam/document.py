"""Statements of what is needed, as few as say it, in documents that are not too large.  Pure."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.iam.needs import Needs
from bot.iam.scope import Ground, Scope, Test
from bot.iam.table import SCOPES

LARGEST = 6_144
"""Characters of a managed policy, white space not counted ("IAM and AWS STS quotas", IAM user guide)."""
VERSION = "2012-10-17"
Statement = dict[str, Any]
_ANYWHERE = (Scope(("*",)),)


def statements(needs: Needs, ground: Ground) -> list[Statement]:
    """What the account's role must be allowed; an action whose resources the account lacks is left out."""
    by_reach: dict[tuple[tuple[str, ...], tuple[Test, ...]], set[str]] = defaultdict(set)
    for name, who in needs.items():
        for scope in SCOPES.get(name, _ANYWHERE):
            resources = ground.resources(scope)
            if resources and (not scope.of or scope.of & who):
                by_reach[resources, ground.tests(scope)].add(name)
    made = [(sorted(names), *reach) for reach, names in by_reach.items()]
    return [_written(*one) for one in _joined(made)]


Rights = tuple[list[str], tuple[str, ...], tuple[Test, ...]]


def _joined(rights: Iterable[Rights]) -> Iterator[Rights]:
    """Those that differ in the values of one test alone, as one: any of the values may fit."""
    found: dict[tuple[Any, ...], Rights] = {}
    for names, on, (first, *rest) in ((one[0], one[1], one[2] or (("", "", ()),)) for one in rights):
        operator, key, values = first
        same = (tuple(names), on, operator, key, tuple(rest))
        _, _, (before, *_) = found.get(same, (names, on, ((operator, key, ()),)))
        merged = tuple(dict.fromkeys([*before[2], *values]))
        found[same] = names, on, ((operator, key, merged), *rest)
    yield from found.values()


def _written(names: Sequence[str], on: Sequence[str], tests: Iterable[Test]) -> Statement:
    condition: dict[str, dict[str, Any]] = {}
    for operator, key, values in tests:
        if operator:
            condition.setdefault(operator, {})[key] = _one_or_many(values)
    statement = {"Effect": "Allow", "Action": _one_or_many(names), "Resource": _one_or_many(on)}
    return {**statement, "Condition": condition} if condition else statement


def _one_or_many(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


# -- documents -----------------------------------------------------------------------------------------


def document(made: Sequence[Statement]) -> dict[str, Any]:
    """A policy."""
    return {"Version": VERSION, "Statement": list(made)}


def size(made: Sequence[Statement]) -> int:
    """How many characters of its limit a document of these takes."""
    return len(json.dumps(document(made), separators=(",", ":"), ensure_ascii=False))


def documents(made: Iterable[Statement], largest: int = LARGEST) -> list[dict[str, Any]]:
    """One document, or as many as their size needs, in order."""
    parts: list[list[Statement]] = [[]]
    for one in (part for each in made for part in _small_enough(each, largest)):
        if parts[-1] and size([*parts[-1], one]) > largest:
            parts.append([])
        parts[-1].append(one)
    return [document(part) for part in parts if part]


def _small_enough(one: Statement, largest: int) -> list[Statement]:
    """A statement that fits in no document by itself, as two with half of its actions each, and so on."""
    names = one["Action"]
    if size([one]) <= largest or isinstance(names, str):
        return [one]
    half = len(names) // 2
    return [
        part
        for some in (names[:half], names[half:])
        for part in _small_enough({**one, "Action": _one_or_many(some)}, largest)
    ]
