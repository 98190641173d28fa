"""Rows of one database put into another as they are stored: JSON by its letters, moments exactly."""

from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Table,
    Text,
    bindparam,
    cast,
    func,
    insert,
    select,
    text,
    type_coerce,
)

from bot.store import cost_schema, drill_schema, event_schema, schema

MOST = 2_000
"""Rows held in memory at once."""

TABLES: tuple[Table, ...] = tuple(schema.metadata.sorted_tables)
"""All of them, those that others refer to first."""

_MORE = (cost_schema, drill_schema, event_schema)  # their tables are among them


def fill(source: Connection, target: Connection, table: Table) -> int:
    """Copy a table; returns how many rows it has."""
    columns = [_read(source, column).label(column.name) for column in table.columns]
    put = insert(table).values({column.name: _put(target, column) for column in table.columns})
    copied = 0
    query = select(*columns).order_by(*table.primary_key.columns).execution_options(yield_per=MOST)
    for rows in source.execute(query).mappings().partitions():
        target.execute(put, [{_NAMED.format(name): value for name, value in row.items()} for row in rows])
        copied += len(rows)
    return copied


def count(tx: Connection, table: Table) -> int:
    """How many rows a table has."""
    return int(tx.execute(select(func.count()).select_from(table)).scalar_one())


def count_on(tx: Connection, table: Table) -> None:
    """Have the next row of a table get the number after its last one's; SQLite does so by itself."""
    if tx.dialect.name == "sqlite":
        return
    for column in table.primary_key.columns:
        name = tx.execute(_SEQUENCE, {"of": table.name, "one": column.name}).scalar()
        last = tx.execute(select(func.max(column))).scalar()
        if name is not None and last is not None:
            tx.execute(_LAST, {"name": name, "last": last})


_NAMED = "new_{}"
_SEQUENCE = text("select pg_get_serial_sequence(:of, :one)")
_LAST = text("select setval(cast(:name as regclass), :last)")


def _read(tx: Connection, column: ColumnElement[Any]) -> ColumnElement[Any]:
    if not isinstance(column.type, JSON):
        return column
    return type_coerce(column, Text) if tx.dialect.name == "sqlite" else cast(column, Text)


def _put(tx: Connection, column: Any) -> ColumnElement[Any]:
    if not isinstance(column.type, JSON):
        return bindparam(_NAMED.format(column.name), type_=column.type)
    letters = bindparam(_NAMED.format(column.name), type_=Text())
    return letters if tx.dialect.name == "sqlite" else cast(letters, JSON)
