"""An empty audit log in a file of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.audit.log import Log
from tests.on_both import on_both


@pytest.fixture
def log(tmp_path: Path, either: str) -> Iterator[Log]:
    made = Log(tmp_path / "toban.db")
    yield made
    made.close()


pytest_generate_tests = on_both
