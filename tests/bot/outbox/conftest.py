"""An office for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.slack.server import LocalSlack
from tests.bot.outbox.office import Office, PushedClock


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = PushedClock()
    with LocalSlack(clock=clock) as slack:
        office = Office(tmp_path / "toban.db", slack, clock)
        try:
            yield office
        finally:
            office.close()
