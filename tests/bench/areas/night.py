"""A night of backups over a large estate."""

from tests.bench.night import buckets, prune, sizes, wall

MEASURES = (sizes.measure, wall.measure, buckets.measure, prune.measure)
