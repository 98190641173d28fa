"""Starting and stopping by office hours, many at once."""

from tests.bench.hours import decide

MEASURES = (decide.measure,)
