"""The bill of many accounts, read, kept and shown."""

from tests.bench.bill import post, question, reading

MEASURES = (reading.measure, post.measure, question.measure)
