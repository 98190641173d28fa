"""Procrastinate's tables on PostgreSQL, as it makes them itself; nothing on SQLite.

All at once, since its own migrations cannot run in one transaction, which is what a replica needs that
starts beside others.  A Procrastinate that brings a migration gets one here, too: a test sees to it.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
kind = "expand"
PROCRASTINATE = "03.04.00_50_post_add_retry_failed_job_procedure.sql"
"""The last migration of its own that these tables have."""


def upgrade() -> None:
    """Make the tables."""
    tx = op.get_bind()
    if tx.dialect.name != "postgresql":
        return
    from procrastinate.schema import SchemaManager  # noqa: PLC0415 - who keeps a file does without it

    tx.exec_driver_sql(SchemaManager.get_schema(), None, {"no_parameters": True})
