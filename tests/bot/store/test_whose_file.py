"""A database file belongs to whoever runs toban, and other users of the machine cannot read it."""

import stat
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.schema import metadata

pytestmark = pytest.mark.sqlite


def test_a_new_database_and_what_lies_beside_it_are_its_owners_alone(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path}/var/toban.db")
    db.write(metadata.create_all)
    files = [one for one in (tmp_path / "var").iterdir() if one.suffix != ".lock"]  # which is empty
    assert {one.name for one in files} == {"toban.db", "toban.db-wal", "toban.db-shm"}
    assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}
    db.close()


def test_who_shared_theirs_on_purpose_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "toban.db"
    file.touch()
    file.chmod(0o640)
    Database(f"sqlite:///{file}").close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
