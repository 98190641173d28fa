from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.database import Database
from tests.new_database import put_new_database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A database as a bot finds it after its first start."""
    put_new_database(tmp_path)
    made = Database(f"sqlite:///{tmp_path}/toban.db")
    yield made
    made.close()
