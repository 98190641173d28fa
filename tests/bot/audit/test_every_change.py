"""Any single change of any column of any sealed row is found."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, text
from sqlalchemy.engine import Connection

from bot.audit.verify import verify
from bot.store.schema import audit, seals
from tests.bot.audit.log import KEY, Log

COUNT = 8
VALUES = st.one_of(
    st.none(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), st.binary(), st.text()
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    log = Log(Path(tmp_path_factory.mktemp("audit")) / "toban.db").sealed(COUNT)
    log.tamper()
    yield log
    log.close()


def changed(tx: Connection, column: Column[object], row: int, value: object) -> bool:
    """Change one cell, whatever the column's own rules are; whether anything is stored differently now."""
    key = next(iter(column.table.primary_key)).name
    where = f"FROM {column.table.name} WHERE {key} = {row}"
    before = tx.exec_driver_sql(f"SELECT quote({column.name}) {where}").scalar_one()
    update = f"UPDATE OR IGNORE {column.table.name} SET {column.name} = :value WHERE {key} = {row}"
    tx.execute(text(update), {"value": value})
    after = tx.exec_driver_sql(f"SELECT quote({column.name}) {where}").scalar_one_or_none()
    return bool(before != after)


@settings(deadline=None)
@given(column=st.sampled_from([*audit.c, *seals.c]), row=st.integers(1, COUNT), value=VALUES)
def test_any_change_of_any_column_is_found(
    kept: Log, column: Column[object], row: int, value: object
) -> None:
    with kept.engine.connect() as tx:
        assume(not (column.primary_key and not isinstance(value, int)))
        if changed(tx, column, row, value):
            assert verify(tx, KEY).first_break
        tx.rollback()


@settings(deadline=None)
@given(st.integers(1, COUNT))
def test_any_deleted_row_is_found(kept: Log, row: int) -> None:
    with kept.engine.connect() as tx:
        tx.exec_driver_sql(f"DELETE FROM audit WHERE id = {row}")
        assert verify(tx, KEY).first_break
        tx.rollback()
