"""Searching a log of a million lines, by all that `/toban audit` can be told, alone and together."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from typing import Any

from bot.audit.search import Query, search
from bot.store.database import Database
from tests.bench.figure import Figure
from tests.bench.replicas.long import CLOCK, RARE, Long, resource

MOST_MS = 100
ROUNDS = 3
CHOICES: dict[str, tuple[Any, ...]] = {
    "person": (CLOCK, RARE, "U0NOBODY"),  # half of the log; thirty lines, the oldest; none
    "resource": (resource(7), "i-nothing"),
    "operation": (5, 99_000, 2**31 - 1),
    "outcome": ("done", "failed", "unknown", "denied"),  # most; one in a hundred; the oldest three; none
    "since": (timedelta(hours=1), timedelta(days=30), timedelta(days=3650)),
}
"""What is common, what is rare, what is not there."""


def figures(db: Database, long: Long, kind: str) -> Sequence[Figure]:
    """The slowest of them all, each the best of three: what else the machine does is not in it."""
    spent = {query: min(_timed(db, query) for _ in range(ROUNDS)) for query in queries(long)}
    name = f"audit, {long.operations * 10:,} lines, {kind}: slowest of {len(spent)} searches"
    return [Figure(name, max(spent.values()), MOST_MS, "ms")]


def queries(long: Long) -> Iterator[Query]:
    """Each choice by itself, and with every choice of every other field."""
    for count in range(len(CHOICES) + 1):
        for names in combinations(CHOICES, count):
            yield from _filled(Query(limit=20), names, long)


def _filled(query: Query, names: Sequence[str], long: Long) -> Iterator[Query]:
    if not names:
        yield query
        return
    name, *rest = names
    for value in CHOICES[name]:
        given = long.end - value if name == "since" else value
        yield from _filled(replace(query, **{name: given}), rest, long)


def _timed(db: Database, query: Query) -> float:
    begun = time.perf_counter()
    db.read(lambda tx: search(tx, query))
    return (time.perf_counter() - begun) * 1000
