"""A night under EC2's token buckets as published: no slower than they allow, and nothing refused."""

from collections.abc import Sequence

from playground.aws.stub.buckets import limits
from tests.bench.figure import Figure, times
from tests.bench.night import run
from tests.bench.night.estate import Estate
from tests.bench.stub import stub_of

VOLUMES = 150  # 300 deletions: the burst, and then some forty seconds
LATENCY_MS = 50


def measure() -> Sequence[Figure]:
    """Every step is done (`run.toban` insists), so that no refusal reaches a person."""
    estate = Estate(VOLUMES)
    with stub_of(estate.size, latency_ms=LATENCY_MS, buckets=True) as aws:
        spent = run.toban(aws, estate, paced=True)
    name = f"time of a night, {VOLUMES} volumes, EC2's buckets"
    return [
        times(name, spent.wall, _allowed(estate), 1.15, unit="s", of="allowed by the buckets"),
        Figure("… of it RequestLimitExceeded, shown to a person or not", spent.refused, 0),
    ]


def _allowed(estate: Estate) -> float:
    """Seconds: creations and deletions follow each other, and each has a bucket of its own, full at first."""
    creations = max(_seconds(estate, action) for action in ("CreateSnapshots", "CreateSnapshot"))
    return creations + _seconds(estate, "DeleteSnapshot")


def _seconds(estate: Estate, action: str) -> float:
    burst, refill = limits(action, narrowed=False)
    return max(0.0, (estate.least[action] - burst) / refill)
