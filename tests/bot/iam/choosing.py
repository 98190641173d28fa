"""Choose the fewest tests in whose stories every right is named that any names.

pytest -p tests.bot.iam.denials --denials=FILE --every-time tests/commands
python -m tests.bot.iam.choosing FILE
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

STORIES = Path(__file__).parent / "denied.txt"
_HEAD = "# Tests that reach every right that any reaches; chosen by `python -m tests.bot.iam.choosing`.\n"


def stories() -> list[str]:
    """The tests that were chosen."""
    lines = STORIES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def chosen(found: Path) -> list[str]:
    """The fewest tests, as far as taking the one that adds most each time finds them."""
    reached: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in map(json.loads, found.read_text(encoding="utf-8").splitlines()):
        for test in row["named"]:
            reached[test].add((row["who"], row["right"]))
    left, some = set().union(*reached.values()), []
    while left:
        some.append(max(sorted(reached), key=lambda test: len(reached[test] & left)))
        left -= reached[some[-1]]
    return sorted(some)


if __name__ == "__main__":
    STORIES.write_text(_HEAD + "\n".join(chosen(Path(sys.argv[1]))) + "\n", encoding="utf-8")
