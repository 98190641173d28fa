"""A bot that is started with an access key that never ends says so in its log, and works all the same."""

import logging
from pathlib import Path

import pytest

from playground.aws.server import LocalAws
from tests.scenarios.whole import the_whole


def test_a_bot_with_a_key_that_never_ends_warns_of_it_at_its_start(
    local_aws: LocalAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    caplog.set_level(logging.WARNING, "toban")

    def said() -> list[str]:
        return [one.getMessage() for one in caplog.records if one.__dict__.get("action") == "aws.lasting-key"]

    with the_whole(local_aws, tmp_path) as whole:
        whole.until(lambda: bool(said()))
        number = whole.asks("/toban pending")
        assert [state.value for state in whole.ended(number)] == ["answered"]
    (line,) = said()
    assert "never ends" in line
    assert "AKIA" not in line
