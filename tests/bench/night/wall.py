"""How long a night takes when each call takes 50 ms, beside the script; nothing is throttled."""

from collections.abc import Sequence

from tests.bench.figure import Figure, times
from tests.bench.night import run
from tests.bench.night.estate import Estate
from tests.bench.spread import median
from tests.bench.stub import stub_of

VOLUMES = 1_000
LATENCY_MS = 50
ROUNDS = 2  # of each, in turn


def measure() -> Sequence[Figure]:
    """From the ask to the end; calls that wait do so side by side in the stub."""
    estate = Estate(VOLUMES)
    with stub_of(estate.size, latency_ms=LATENCY_MS) as aws:
        pairs = [(run.toban(aws, estate).wall, run.script(aws, estate).wall) for _ in range(ROUNDS)]
    toban, script = (median(side) for side in zip(*pairs, strict=True))
    name = f"time of a night, {VOLUMES:,} volumes, {LATENCY_MS} ms a call"
    return [times(name, toban, script, 1.25, unit="s", of="script, 32 threads")]
