"""What AWS has to say."""

from tests.bench.events import first_message, through

MEASURES = (through.measure, first_message.measure)
