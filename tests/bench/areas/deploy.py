"""What a machine for toban needs."""

from tests.bench.deploy import sizes

MEASURES = (sizes.measure,)
