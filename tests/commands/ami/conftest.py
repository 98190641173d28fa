import pytest

from tests.commands.ami.album import Album
from tests.commands.desk import Desk


@pytest.fixture
def album(desk: Desk) -> Album:
    """An instance that runs, with an empty album."""
    return Album(desk, desk.run(1, Name="web-1", Backup="nightly")[0])
