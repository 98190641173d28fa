"""How exactly a recovery is measured: 200 runs against servers that write down when they were out."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from tests.bench.child import child
from tests.bench.failover.drawn import EVERY, RUNS
from tests.bench.figure import AT_LEAST, Figure
from tests.bench.spread import percentile

WORKERS = 2
LEAST = 99  # percent


def measure() -> Sequence[Figure]:
    """Each run has several outages, refused, reset, 502 and slow 504; toban asks ten times a second."""
    runs = _runs()
    outages = sum(one["outages"] for one in runs)
    edges = [off for one in runs for off in one["edges"]]
    stated = [error for one in runs if one["edges"] for error in one["errors"]]
    recoveries = [one["recovery"] for one in runs]
    within = sum(off is not None and abs(off) <= EVERY for off in recoveries)
    exact = sum(abs(off) <= EVERY for off in edges)
    honest = sum(abs(off) <= error + 0.01 for off, error in zip(edges, stated, strict=True))
    worst = percentile([abs(off) * 1000 for off in recoveries if off is not None], 99)
    return [
        Figure(f"{RUNS} runs: recovery within one interval", 100 * within / RUNS, LEAST, "%", sign=AT_LEAST),
        Figure("recovery: wrong by, p99", worst, EVERY * 1000, "ms"),
        Figure(f"edges of {outages} outages within it", 50 * exact / outages, LEAST, "%", sign=AT_LEAST),
        Figure("edges within the error that is told", 50 * honest / outages, LEAST, "%", sign=AT_LEAST),
        Figure(
            "outages not found, or found too many", sum(abs(one["outages"] - one["found"]) for one in runs), 0
        ),
    ]


def _runs() -> list[dict[str, Any]]:
    share = RUNS // WORKERS
    with ExitStack() as stack:
        workers = [
            stack.enter_context(child("tests.bench.children.toban_accuracy", str(n * share), str(share)))
            for n in range(WORKERS)
        ]
        return [run for one in workers for run in one.says()]
