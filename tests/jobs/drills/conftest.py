from collections.abc import Iterator
from pathlib import Path

import pytest

from aws.account import AccountConfig
from tests.bot.flow.crowd import HERE
from tests.house import House, house
from tests.jobs.drills.rehearsal import Rehearsal, rehearsal


@pytest.fixture
def at_home(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, [AccountConfig(HERE.account, "123456789012", (HERE.region,))]) as there:
        yield there


@pytest.fixture
def there(at_home: House) -> Iterator[Rehearsal]:
    with rehearsal(at_home) as made:
        yield made
