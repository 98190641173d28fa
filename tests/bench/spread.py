"""Percentiles of samples."""

import statistics
from collections.abc import Sequence

median = statistics.median


def percentile(samples: Sequence[float], percent: int) -> float:
    """The value that so many percent of the samples do not exceed (nearest rank)."""
    ordered = sorted(samples)
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(rank, 1) - 1]
