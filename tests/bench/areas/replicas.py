"""Several processes on one database, and a database that has become long."""

from tests.bench.replicas import work, years

MEASURES = (work.measure, years.measure)
