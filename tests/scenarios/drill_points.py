"""At which moments a process is killed: all of them, or a spread of them where the time is short.

`TOBAN_EVERY_POINT=1` takes all.  Otherwise some are taken, evenly spaced, and where they begin is left to
chance: `TOBAN_POINTS_SEED=7` takes others than those of seed 1.
"""

import os
from collections.abc import Sequence
from random import Random

EVERY = os.environ.get("TOBAN_EVERY_POINT", "") not in ("", "0")
SEED = os.environ.get("TOBAN_POINTS_SEED", "1")
"""Both are read before any test begins: tests know nothing of this machine's settings."""


def some_of(points: int, most: int, *story: object, every: bool = EVERY) -> Sequence[int]:
    """So many of the moments from 1 to `points`, in order, other ones for each story; says which."""
    pace = max(1.0, 1 if every else points / most)
    offset = Random(f"{SEED} {story}").random() if pace > 1 else 0
    taken = [1 + int(pace * (n + offset)) for n in range(round(points / pace))]
    print(f"{', '.join(map(str, story))}: killed at {len(taken)} of {points}, seed {SEED}: {taken}")  # noqa: T201 - shown when a test fails
    return taken
