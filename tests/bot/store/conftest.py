from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import migrate
from bot.store.database import Database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A database as a bot finds it after its first start."""
    made = Database(f"sqlite:///{tmp_path}/toban.db")
    migrate.up_to_date(made)
    yield made
    made.close()
