from collections.abc import Iterator
from pathlib import Path

import pytest

from aws.account import AccountConfig
from tests.bot.flow.crowd import HERE, Crowd
from tests.house import House, house
from tests.on_both import on_both


@pytest.fixture
def crowd() -> Crowd:
    return Crowd()


@pytest.fixture
def at_home(tmp_path: Path, either: str) -> Iterator[House]:
    """The path with no AWS behind it: lamps are all there is."""
    with house(tmp_path, [AccountConfig(HERE.account, "123456789012", (HERE.region,))]) as there:
        yield there


pytest_generate_tests = on_both
