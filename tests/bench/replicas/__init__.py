"""Several processes on one PostgreSQL, and a database that has become long."""
