"""The bill of many accounts, read, kept and shown."""

from tests.bench.bill import reading

MEASURES = (reading.measure,)
