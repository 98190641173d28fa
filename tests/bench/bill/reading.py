"""Reading sixty days of fifty accounts, beside boto3 as it comes."""

from collections.abc import Sequence
from typing import Any

from tests.bench import environment
from tests.bench.bill.explorer import ACCOUNTS, FIRST, LAST, SERVICES, explorer
from tests.bench.child import child
from tests.bench.figure import Figure, times
from tests.bench.spread import median

ROUNDS = 3  # of each side, in turn
GROUPS = ACCOUNTS * SERVICES * ((LAST - FIRST).days + 1)
SIDES = ("tests.bench.children.toban_bill", "tests.bench.children.script_bill")


def measure() -> Sequence[Figure]:
    """From the request to every amount, exact; imports and clients are not in it."""
    with explorer() as url:
        rounds = [[_told(module, url) for module in SIDES] for _ in range(ROUNDS)]
    assert len({(one["groups"], one["total"]) for each in rounds for one in each}) == 1, rounds
    assert rounds[0][0]["groups"] == GROUPS
    cpu, script = (median([each[side]["cpu"] for each in rounds]) for side in (0, 1))
    more, most = (max(each[side]["peak"] - each[side]["before"] for each in rounds) for side in (0, 1))
    name = f"CPU to read {GROUPS:,} groups of Cost Explorer"
    return [
        times(name, cpu, script, 0.5, unit="s", of="boto3"),
        times("memory that reading them adds", more, most, 0.4, unit="MB", of="boto3"),
    ]


def _told(module: str, url: str) -> dict[str, Any]:
    arguments = module, FIRST.isoformat(), LAST.isoformat()
    with child(*arguments, environment=environment.aws(url)) as process:
        told: dict[str, Any] = process.says()
    return told
