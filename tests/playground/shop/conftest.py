"""One local AWS for all, planted anew for each test, and a shop ten times as quick as a real one."""

from collections.abc import Iterator

import pytest

from playground.aws.planting_shop import plant_shop
from playground.aws.server import LocalAws
from playground.shop.shop import Shop
from playground.shop.timing import Timing


@pytest.fixture(scope="session")
def _running() -> Iterator[LocalAws]:
    with LocalAws() as aws:
        yield aws


@pytest.fixture
def aws(_running: LocalAws) -> LocalAws:
    with _running.control.lock:
        _running.reset()
        plant_shop(_running)
    return _running


@pytest.fixture
def shop(aws: LocalAws) -> Iterator[Shop]:
    with Shop(aws, Timing(scale=0.1, patience=0.3), look_every=0.05) as shop:
        yield shop
