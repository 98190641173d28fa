"""An empty audit log in a file of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.audit.log import Log


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    made = Log(tmp_path / "toban.db")
    yield made
    made.close()
