"""An index on a table that is there already and may be large."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op


@dataclass(frozen=True, slots=True)
class NewIndex:
    """One of a migration's `indexes`: on a server it is made before the migration, beside everybody's writes.

    Plainly made, it would keep all writes waiting for about a second for each million of rows.
    """

    name: str
    table: str
    columns: Sequence[str]
    where: str = ""

    def make(self) -> None:
        """In the migration: where it was not made beforehand."""
        only = sa.text(self.where) if self.where else None
        op.create_index(
            self.name,
            self.table,
            list(self.columns),
            sqlite_where=only,
            postgresql_where=only,
            if_not_exists=True,
        )

    def make_beside(self, tx: sa.Connection) -> None:
        """Before it, on a connection that commits each statement; one that was left half made goes first.

        Source: "CREATE INDEX", PostgreSQL, "Building Indexes Concurrently".
        """
        if tx.execute(_HALF, {"name": self.name}).first():
            tx.exec_driver_sql(f"drop index concurrently {self.name}")
        where = f" where {self.where}" if self.where else ""
        columns = ", ".join(self.columns)
        tx.exec_driver_sql(
            f"create index concurrently if not exists {self.name} on {self.table} ({columns}){where}"
        )


_HALF = sa.text(
    "select 1 from pg_index join pg_class on pg_class.oid = indexrelid"
    " where relname = :name and not indisvalid and pg_table_is_visible(pg_class.oid)"
)
