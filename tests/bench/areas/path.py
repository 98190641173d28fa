"""The path from a typed command to its audit line."""

from tests.bench.path import ack, audit, calls, rest, start, steps

MEASURES = (ack.measure, start.measure, rest.measure, calls.measure, steps.measure, audit.measure)
