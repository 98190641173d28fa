"""The database itself refuses to change what the log holds."""

import pytest
from sqlalchemy.exc import IntegrityError

from bot.audit.append_only import append_only_ddl
from tests.bot.audit.log import Log

CHANGES = [
    "UPDATE audit SET person = 'x' WHERE id = 1",
    "UPDATE OR REPLACE audit SET id = 2 WHERE id = 1",
    "DELETE FROM audit",
    "REPLACE INTO audit SELECT * FROM audit WHERE id = 1",
    "INSERT INTO audit SELECT * FROM audit WHERE id = 1 ON CONFLICT DO UPDATE SET person = 'x'",
    "UPDATE seals SET hash = 'x' WHERE number = 1",
    "DELETE FROM seals WHERE number = 2",
    "REPLACE INTO seals VALUES (1, 3, 'x')",
    "REPLACE INTO seals VALUES (3, 1, 'x')",
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_written_can_be_neither_changed_nor_removed(log: Log, change: str) -> None:
    log.sealed(2).append(1, first=3)
    with pytest.raises(IntegrityError, match="the audit log is append-only"):
        log.do(lambda tx: tx.exec_driver_sql(change))


def test_postgresql_guards_both_tables_and_truncate_too() -> None:
    function, *triggers = append_only_ddl("postgresql")
    assert "the audit log is append-only" in function
    assert [trigger.split(" ON ")[1].split()[0] for trigger in triggers] == ["audit", "seals"]
    assert all("UPDATE OR DELETE OR TRUNCATE" in trigger for trigger in triggers)
