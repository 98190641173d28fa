"""Failure tests: how exactly a recovery is measured, and what the probes cost."""

from tests.bench.failover import accuracy, cost, lateness

MEASURES = (cost.measure, lateness.measure, accuracy.measure)
