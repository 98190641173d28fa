"""A desk at which drills can be run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.aws.server import LocalAws
from tests.commands.desk import Desk
from tests.commands.failover.lab import desk_for_drills


@pytest.fixture
def lab(local_aws: LocalAws, tmp_path: Path) -> Iterator[Desk]:
    with desk_for_drills(local_aws, tmp_path) as there:
        yield there
