from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.database import Database
from tests.new_database import put_new_database, url_in
from tests.on_both import on_both


@pytest.fixture
def db(tmp_path: Path, either: str) -> Iterator[Database]:
    """A database as a bot finds it after its first start."""
    put_new_database(tmp_path)
    made = Database(url_in(tmp_path))
    yield made
    made.close()


pytest_generate_tests = on_both
