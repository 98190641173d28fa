"""A key that never ends is said in the log at every start."""

import logging
from contextlib import closing
from pathlib import Path

import pytest

from aws.account import AccountConfig, Accounts
from bot import lasting_keys

KEY, ROLE = "AKIAIOSFODNN7EXAMPLE", "arn:aws:iam::123456789012:role/toban"


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


def test_a_key_with_which_a_profile_takes_its_role_is_found_too(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    file = tmp_path / "config"
    file.write_text(
        f"[profile ops]\nrole_arn = {ROLE}\nsource_profile = between\n"
        f"[profile between]\nrole_arn = {ROLE}\nsource_profile = me\n"
        f"[profile me]\naws_access_key_id = {KEY}\naws_secret_access_key = hush\n"
        f"[profile on-ec2]\nrole_arn = {ROLE}\ncredential_source = Ec2InstanceMetadata\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(file))
    monkeypatch.setenv("AWS_PROFILE", "ops")
    (said,) = warned(caplog)
    assert "from the profile me." in said
    caplog.clear()
    monkeypatch.setenv("AWS_PROFILE", "on-ec2")
    assert warned(caplog) == []
