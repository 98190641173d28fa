"""Slack's token rotation is set whole or not at all."""

from pathlib import Path

import pytest

from tests.bot.configs import LEAST, Load, loader, mistakes

EXPIRES = {"SLACK_BOT_TOKEN": "xoxe.xoxb-1-hush"}
WHOLE = {
    **EXPIRES,
    "SLACK_REFRESH_TOKEN": "xoxe-1-hush",
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "hush" * 8,
}


@pytest.fixture
def config(tmp_path: Path) -> Load:
    return loader(tmp_path)


def test_the_pair_and_the_apps_id_and_secret_renew_it(config: Load) -> None:
    found = config(LEAST, **WHOLE)
    assert found.rotating is not None
    assert found.rotating.client_id == "1.2"
    assert "hush" not in repr(found)
    assert config(LEAST).rotating is None


@pytest.mark.parametrize("missing", ["SLACK_REFRESH_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"])
def test_what_is_missing_to_renew_is_named(config: Load, missing: str) -> None:
    (found,) = mistakes(config, LEAST, **{**WHOLE, missing: ""})
    assert "expire twice a day" in found
    assert missing in found
    assert "hush" not in found


def test_a_token_that_expires_alone_names_all_that_renews_it(config: Load) -> None:
    (found,) = mistakes(config, LEAST, **EXPIRES)
    assert "SLACK_REFRESH_TOKEN, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET" in found


def test_a_token_that_never_expires_needs_none_of_them(config: Load) -> None:
    (found,) = mistakes(config, LEAST, **{**WHOLE, "SLACK_BOT_TOKEN": "xoxb-1-hush"})
    assert "never expires" in found


def test_a_token_in_a_file_is_renewed_by_whoever_writes_it(config: Load, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("xoxe.xoxb-1-hush", encoding="utf-8")
    at = {"SLACK_BOT_TOKEN": "", "SLACK_BOT_TOKEN_FILE": str(file)}
    assert config(LEAST, **at).rotating is None
    (found,) = mistakes(config, LEAST, **{**WHOLE, **at})
    assert "set one of them" in found
