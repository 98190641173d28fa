"""Pruning 50,000 snapshots: calls and memory."""

from collections.abc import Sequence

from tests.bench.figure import Figure, times
from tests.bench.night import run
from tests.bench.night.estate import Estate
from tests.bench.stub import stub_of

ESTATE = Estate(volumes=5_000, generations=10, keep=9, create=False)
MOST_MB = 150


def measure() -> Sequence[Figure]:
    """One of ten generations goes."""
    with stub_of(ESTATE.size) as aws:
        spent = run.toban(aws, ESTATE)
    least, name = sum(ESTATE.least.values()), f"prune over {ESTATE.snapshots:,} snapshots"
    return [
        times(f"calls to {name}", spent.called, least, 1.05, unit="", of="least"),
        Figure(f"memory at most, {name}", spent.peak, MOST_MB, "MB"),
    ]
