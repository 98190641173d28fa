"""At which moments a process is killed: all of them, or a spread of them where the time is short.

`TOBAN_EVERY_POINT=1` takes all, `TOBAN_POINTS=12` so many of each story.  Without either a few are taken.
They are evenly spaced, and chance says where they begin: `TOBAN_POINTS_SEED=7` takes others than seed 1.
"""

import os
from collections.abc import Sequence
from random import Random

EVERY = os.environ.get("TOBAN_EVERY_POINT", "") not in ("", "0")
POINTS = int(os.environ.get("TOBAN_POINTS", "0"))
SEED = os.environ.get("TOBAN_POINTS_SEED", "1")
"""All are read before any test begins: tests know nothing of this machine's settings."""


def some_of(points: int, most: int, *story: object, every: bool = EVERY) -> Sequence[int]:
    """So many of the moments from 1 to `points`, in order, other ones for each story; says which."""
    most = POINTS or most
    if every or points <= most:
        taken = list(range(1, points + 1))
    else:
        offset = Random(f"{SEED} {story}").random()
        taken = [1 + int(points / most * (n + offset)) for n in range(most)]
    which = "all" if len(taken) == points else f"{taken}, seed {SEED}"
    print(f"{story}: killed at {len(taken)} of {points} moments: {which}")  # noqa: T201 - shown when it fails
    return taken
