"""Starting and stopping by office hours, many at once."""

from tests.bench.hours import decide, sweep, switch

MEASURES = (decide.measure, switch.measure, sweep.measure)
