"""Failure tests: how exactly a recovery is measured, what probes cost, how soon an abort is through."""

from tests.bench.failover import aborts, accuracy, cost, lateness

MEASURES = (cost.measure, lateness.measure, aborts.measure, accuracy.measure)
