"""Outages drawn by lot: the same for who makes them and who measures them."""

import math
import random
from dataclasses import dataclass

SEED = 20261121
RUNS = 200
EVERY, TIMEOUT = 0.1, 2.0  # seconds, of the probe
SHORTEST, LONGEST = 0.2, 30.0  # seconds, of an outage
MOST = 45.0  # seconds, of all outages of a run
KINDS = ("refused", "reset", "502", "504")
SLOW = 1.0  # seconds until a gateway says 504
AFTER = 1.5  # seconds that all is well in the end


@dataclass(frozen=True, slots=True)
class Wanted:
    """An outage."""

    after: float  # seconds of good answers before it
    lasts: float  # seconds
    kind: str


def drawn(run: int) -> tuple[Wanted, ...]:
    """Two to four outages, as many short ones as long ones."""
    lot = random.Random(f"{SEED}/{run}")
    while True:
        lengths = [_length(lot) for _ in range(lot.randint(2, 4))]
        if sum(lengths) <= MOST:
            return tuple(Wanted(lot.uniform(0.5, 2.5), one, lot.choice(KINDS)) for one in lengths)


def longest_first(first: int, count: int) -> list[int]:
    """These runs, in the order that ends soonest when some are made side by side."""
    return sorted(range(first, first + count), key=lambda run: -sum(one.lasts for one in drawn(run)))


def _length(lot: random.Random) -> float:
    return math.exp(lot.uniform(math.log(SHORTEST), math.log(LONGEST)))
