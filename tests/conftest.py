"""For every test: no way out but loopback, and nothing of this machine's settings."""

import os
from collections.abc import Iterator
from functools import cache

import pytest

from aws import models

FORGOTTEN = ("AWS_", "SLACK_", "TOBAN_", "BOTO_")


@pytest.fixture(autouse=True, scope="session")
def aws_is_described_once() -> Iterator[None]:
    """What EC2 is takes a quarter of a second to read: once for all tests, and not for each house."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aws.session.loader", cache(models.loader))
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
