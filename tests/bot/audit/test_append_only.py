"""The database itself refuses to change what the log holds."""

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from tests.bot.audit.log import Log
from tests.new_database import put_on
from tests.postgres import Server

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


@pytest.mark.sqlite
@pytest.mark.parametrize("change", CHANGES)
def test_what_was_written_can_be_neither_changed_nor_removed(log: Log, change: str) -> None:
    log.sealed(2).append(1, first=3)
    with pytest.raises(IntegrityError, match="the audit log is append-only"):
        log.do(lambda tx: tx.exec_driver_sql(change))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET person = 'x' WHERE id = 1",
        "INSERT INTO audit SELECT * FROM audit WHERE id = 1 ON CONFLICT (id) DO UPDATE SET person = 'x'",
        "DELETE FROM audit",
        "TRUNCATE audit CASCADE",
        "UPDATE seals SET hash = 'x' WHERE number = 1",
        "DELETE FROM seals WHERE number = 2",
    ],
)
def test_on_a_server_it_cannot_either(postgres: Server, tmp_path: Path, change: str) -> None:
    url = put_on(postgres, tmp_path)
    log = Log(tmp_path / "toban.db").sealed(2)
    with pytest.raises(IntegrityError, match="the audit log is append-only"):
        log.do(lambda tx: tx.exec_driver_sql(change))
    log.close()
    postgres.give_back(url)
