"""For every test: no way out but loopback, and nothing of this machine's settings."""

import asyncio
import gc
import os
from collections.abc import Coroutine, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from aws import models
from tests import compiled_once

if TYPE_CHECKING:
    from tests.postgres import Server

FORGOTTEN = ("AWS_", "SLACK_", "TOBAN_", "BOTO_")
SELDOM = (20_000, 20, 50)  # Python's own 700, 10, 10 spend a sixth of all tests' time with the collector

gc.disable()  # while thousands of tests are collected, which all stay


def pytest_collection_finish() -> None:
    """What is there before the first test is there until the last: it is not looked through again."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()


@pytest.fixture(autouse=True, scope="session")
def aws_is_described_once() -> Iterator[None]:
    """What EC2 is takes a quarter of a second to read: once for all tests, and not for each house."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aws.session.loader", cache(models.loader))
        yield


@pytest.fixture(autouse=True, scope="session")
def sql_is_compiled_once() -> Iterator[None]:
    """For all databases, and not for each house."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.store.database.create_engine", compiled_once.create_engine)
        yield


@pytest.fixture(autouse=True, scope="session")
def servers_end_at_once() -> Iterator[None]:
    """uvicorn takes 0.2 s to notice that it shall end, and to wait for nobody: four hundred times."""

    def sleep(seconds: float) -> Coroutine[None, None, None]:
        return asyncio.sleep(min(seconds, 0.005))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("uvicorn.server.asyncio", SimpleNamespace(**{**vars(asyncio), "sleep": sleep}))
        yield


@pytest.fixture(autouse=True)
def nothing_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings, no credentials, no proxies, no zone."""
    for name in list(os.environ):
        if name.startswith(FORGOTTEN) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)


@pytest.fixture(scope="session")
def postgres() -> "Iterator[Server]":
    """A PostgreSQL of this process's tests."""
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    from tests import postgres  # its driver

    if postgres.programs() is None:
        pytest.skip("there is no PostgreSQL here: install Debian's package `postgresql`")
    with postgres.server() as made:
        yield made


@pytest.fixture
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The database of the test's folder: a file, or for `postgresql` one on a server."""
    kind: str = getattr(request, "param", "sqlite")
    if kind == "sqlite":
        yield kind
        return
    from tests.new_database import put_on

    server = request.getfixturevalue("postgres")
    url = put_on(server, tmp_path)
    yield kind
    server.give_back(url)
