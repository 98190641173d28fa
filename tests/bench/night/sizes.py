"""Nights of 100, 1,000 and 5,000 volumes: calls, CPU and memory, and what one more volume costs."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.figure import Figure, times
from tests.bench.night import run
from tests.bench.night.estate import Estate
from tests.bench.night.run import Spent
from tests.bench.spread import median
from tests.bench.stub import stub_of

SMALL, MIDDLE, LARGE = 100, 1_000, 5_000
ROUNDS = {SMALL: 1, MIDDLE: 3, LARGE: 1}  # of each side, in turn; the large one is long enough by itself
MOST_MB = 150
FLAT = 1.1  # times the cost of a volume among fewer


@dataclass(frozen=True, slots=True)
class Nights:
    """Some nights over the same estate, of both sides."""

    estate: Estate
    toban: Sequence[Spent]
    script: Sequence[Spent]

    @property
    def cpu_a_volume(self) -> float:
        """Milliseconds."""
        return median([one.cpu for one in self.toban]) / self.estate.volumes * 1000

    @property
    def grown(self) -> float:
        """Memory that the night added, in millions of bytes."""
        return max(one.peak - one.before for one in self.toban)

    def calls(self) -> Figure:
        """Beside the fewest."""
        least = sum(self.estate.least.values())
        called = max(one.called for one in self.toban)
        return times(
            f"calls of a night, {self.estate.volumes:,} volumes", called, least, 1.05, unit="", of="least"
        )

    def cpu(self) -> Figure:
        """Beside the script."""
        toban, script = (median([one.cpu for one in side]) for side in (self.toban, self.script))
        name = f"CPU of a night, {self.estate.volumes:,} volumes"
        return times(name, toban, script, 1.3, unit="s", of="script, 32 threads")


def measure() -> Sequence[Figure]:
    """Without latency, from buckets that never run dry; imports and clients are not in the CPU."""
    small, middle, large = (_nights(volumes) for volumes in (SMALL, MIDDLE, LARGE))
    name = f"memory at most, {LARGE:,} volumes and {large.estate.snapshots:,} snapshots"
    return [
        *(nights.calls() for nights in (small, middle, large)),
        middle.cpu(),
        large.cpu(),
        times(
            f"CPU for one volume among {LARGE:,}",
            large.cpu_a_volume,
            middle.cpu_a_volume,
            FLAT,
            unit="ms",
            of=f"among {MIDDLE:,}",
        ),
        Figure(name, max(one.peak for one in large.toban), MOST_MB, "MB"),
        times(
            f"memory that the night adds, {LARGE:,} volumes",
            large.grown,
            middle.grown,
            LARGE / MIDDLE,
            unit="MB",
            of=f"with {MIDDLE:,}",
        ),
    ]


def _nights(volumes: int) -> Nights:
    estate = Estate(volumes)
    with stub_of(estate.size) as aws:
        pairs = [(run.toban(aws, estate), run.script(aws, estate)) for _ in range(ROUNDS[volumes])]
    toban, script = zip(*pairs, strict=True)
    return Nights(estate, toban, script)
