"""Finding the days of a bill that are unusual."""

from tests.bench.anomalies import levels, spikes

MEASURES = (spikes.measure, levels.measure)
"""What is injected: single days, and new levels."""
