"""A key that never ends is said in the log at every start."""

import logging
from contextlib import closing

import pytest

from aws.account import AccountConfig, Accounts
from bot import lasting_keys

KEY = "AKIAIOSFODNN7EXAMPLE"


def warned(caplog: pytest.LogCaptureFixture) -> list[str]:
    with closing(Accounts([AccountConfig("dev", "123456789012", ("ap-northeast-1",))])) as aws:
        with caplog.at_level(logging.WARNING, "toban"):
            lasting_keys.warn(aws)
        return [record.getMessage() for record in caplog.records]


def test_a_key_of_a_user_is_warned_about_without_being_quoted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush")
    (said,) = warned(caplog)
    assert "AWS_ACCESS_KEY_ID in the environment" in said
    assert "Give it a role instead" in said
    assert KEY not in said
    assert "hush" not in said


def test_a_key_that_ends_or_none_at_all_is_nothing_to_warn_of(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert warned(caplog) == []
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY.replace("AKIA", "ASIA"))
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "hush")
    assert warned(caplog) == []
