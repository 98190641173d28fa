"""New levels that stay: how soon they are told, and for how many days."""

import random
import statistics
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from tests.bench.anomalies import public
from tests.bench.anomalies.finders import DAYS, Finder, three_sigma, toban
from tests.bench.anomalies.public import Public
from tests.bench.anomalies.spikes import OF
from tests.bench.figure import AT_LEAST, Figure

TIMES = 60  # new levels a series
STAYS = 21  # days that are looked at
SIZES = tuple(map(Decimal, ("0.4", "0.6", "1", "-0.4", "-0.6")))


def measure() -> list[Figure]:
    """Delay in days, how many are told within two days, and how long each is news."""
    every = public.every()
    ours = [told for one in every for told in tell(one, toban, TIMES)]
    theirs = [told for one in every for told in tell(one, three_sigma, TIMES)]
    return [
        Figure("new levels told within 2 days", _soon(ours), 90, "%", _soon(theirs), OF, AT_LEAST),
        Figure("days until a new level is told", _delay(ours), 1, "", _delay(theirs), OF),
        Figure("days a new level is told", _news(ours), 6, "", _news(theirs), OF),
    ]


def tell(one: Public, find: Finder, times: int) -> list[list[int]]:
    """For each new level: the days since it began on which there was an alarm."""
    chance = random.Random(one.name)
    days = [day for day in list(one.daily)[DAYS:-STAYS] if day not in one.odd]
    told = []
    for start in chance.sample(days, times):
        changed = _raised(one.daily, start, chance.choice(SIZES))
        told.append([n for n in range(STAYS) if find(changed, start + timedelta(n))])
    return told


def _raised(daily: Mapping[date, Decimal], start: date, size: Decimal) -> dict[date, Decimal]:
    return {day: amount * (1 + size) if day >= start else amount for day, amount in daily.items()}


def _soon(told: list[list[int]]) -> float:
    return sum(1 for one in told if one and one[0] <= 2) / len(told) * 100


def _delay(told: list[list[int]]) -> float:
    """A level that is not told at all counts as its whole time."""
    return statistics.fmean(one[0] if one else STAYS for one in told)


def _news(told: list[list[int]]) -> float:
    return statistics.fmean(len(one) for one in told)
