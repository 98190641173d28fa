"""Single days that cost more or less than they did: how many are found, and how many alarms are right."""

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.bench.anomalies import public
from tests.bench.anomalies.finders import DAYS, Finder, three_sigma, toban
from tests.bench.anomalies.public import Public
from tests.bench.figure import AT_LEAST, Figure

RUNS = 10  # each with its own seed
APART = 14  # days: one is injected in each two weeks
SIZES = tuple(map(Decimal, ("0.3", "0.4", "0.6", "1", "-0.3", "-0.4", "-0.6")))
LARGE = Decimal("0.4")  # and above, up or down
OF = "mean ± 3σ"


@dataclass(frozen=True, slots=True)
class Run:
    """What one finder said of one series with injected days."""

    injected: Mapping[date, Decimal]  # by how much of itself the day was changed
    alarms: frozenset[date]  # without odd days that nobody injected


def measure() -> list[Figure]:
    """Precision, recall by size, alarms about nothing, and what it takes to ask about a day."""
    every = public.every()
    ours = [run for one in every for run in runs(one, toban, RUNS)]
    theirs = [run for one in every for run in runs(one, three_sigma, RUNS)]
    return [
        _figure("alarms that are about an injected day", precision(ours), 0.9, precision(theirs)),
        _figure("days of ≥ 40 % found", recall(ours, LARGE), 0.9, recall(theirs, LARGE)),
        _figure("days of 30 % found", recall(ours), 0.7, recall(theirs)),
        Figure(
            "alarms a month, nothing injected", _idle(every, toban), 0.3, "", _idle(every, three_sigma), OF
        ),
        Figure("asking about a day", _milliseconds(every[0]), 1.0, "ms"),
    ]


def runs(one: Public, find: Finder, times: int) -> list[Run]:
    """The same days for each finder."""
    return [_run(one, find, random.Random(seed)) for seed in range(times)]


def precision(found: Sequence[Run]) -> float:
    """How many of the alarms are about a day that was injected."""
    right = sum(len(run.alarms & run.injected.keys()) for run in found)
    return right / sum(len(run.alarms) for run in found)


def recall(found: Sequence[Run], least: Decimal | None = None) -> float:
    """How many of the injected days are found: of those at least so large, else of the smallest."""
    smallest = min(map(abs, SIZES))
    days = [
        day in run.alarms
        for run in found
        for day, size in run.injected.items()
        if (abs(size) >= least if least else abs(size) == smallest)
    ]
    return sum(days) / len(days)


def _run(one: Public, find: Finder, chance: random.Random) -> Run:
    days = list(one.daily)[DAYS:]
    weeks = [days[n : n + APART] for n in range(0, len(days), APART)]
    injected = {}
    for some in weeks:
        ordinary = [day for day in some if day not in one.odd]
        if ordinary:
            injected[chance.choice(ordinary)] = chance.choice(SIZES)
    changed = {day: amount * (1 + injected.get(day, 0)) for day, amount in one.daily.items()}
    return Run(injected, frozenset(day for day in days if day not in one.odd and find(changed, day)))


def _idle(every: Sequence[Public], find: Finder) -> float:
    days = [(one, day) for one in every for day in list(one.daily)[DAYS:] if day not in one.odd]
    return sum(find(one.daily, day) for one, day in days) / len(days) * 30


def _milliseconds(one: Public) -> float:
    days = list(one.daily)[DAYS:]
    begun = time.perf_counter()
    for day in days:
        toban(one.daily, day)
    return (time.perf_counter() - begun) / len(days) * 1000


def _figure(name: str, value: float, least: float, reference: float) -> Figure:
    return Figure(name, value * 100, least * 100, "%", reference * 100, OF, AT_LEAST)
