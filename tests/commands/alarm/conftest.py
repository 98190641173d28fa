"""A desk whose config has rules, over a local AWS that is empty before each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.aws.server import LocalAws
from tests.commands.alarm.alarms import RULES
from tests.commands.desk import DEV, PROD, Desk
from tests.house import house


@pytest.fixture
def desk(local_aws: LocalAws, tmp_path: Path) -> Iterator[Desk]:
    with house(tmp_path, [DEV, PROD], rules=RULES) as there:
        yield Desk(there, local_aws)
