"""Text in PostgreSQL as SQLite keeps it: of any length, and ordered by its bytes in every place.

A length that only one of the two keeps would refuse there what the other takes; and what is sorted or
looked for by its beginning must not depend on the language that the server was set up in.
"""

from sqlalchemy import Connection, text

_OTHERS = text(
    """
    select table_name, string_agg(format('alter column %I type text collate "C"', column_name), ', ')
    from information_schema.columns
    where table_schema = current_schema() and table_name <> 'alembic_version'
      and table_name not like 'procrastinate%' -- which keeps its own
      and data_type in ('character varying', 'text')
      and (data_type <> 'text' or collation_name is distinct from 'C')
    group by table_name
    """
)


def as_in_sqlite(tx: Connection) -> None:
    """Change the columns that a migration has just made; those that are so already stay untouched."""
    for table, changes in tx.execute(_OTHERS).all():
        tx.exec_driver_sql(f"alter table {table} {changes}")
