"""Several processes on one database, and a database that has become long."""

from tests.bench.replicas import years

MEASURES = (years.measure,)
