"""Where the config names no language, channels read the workspace's."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.settings import load
from bot.slack.connection import Workspace
from bot.wiring import Bot
from playground.slack.server import LocalSlack
from tests.bot.configs import LEAST

GROUPS = '[groups]\noperators = ["U0SATO"]\napprovers = ["W0MILLER"]\n'


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack() as made:
        yield made


def reads(slack: LocalSlack, locale: str) -> None:
    """The workspace's default language, which an app's own user has."""
    people, me = slack.workspace.people, slack.workspace.app.user_id
    people[me] = replace(people[me], locale=locale)


def asked(slack: LocalSlack) -> Workspace:
    workspace = Workspace(WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[]))
    workspace.wants_language = True
    workspace.learn()
    return workspace


@pytest.mark.parametrize(("locale", "language"), [("ja-JP", "ja"), ("en-US", "en"), ("de-DE", "en")])
def test_it_is_that_of_tobans_own_user(slack: LocalSlack, locale: str, language: str) -> None:
    reads(slack, locale)
    assert asked(slack).language == language


def test_a_slack_that_does_not_say_keeps_nobody_from_starting(slack: LocalSlack) -> None:
    slack.faults.refuse("users.info", "missing_scope")
    workspace = asked(slack)
    assert (workspace.bot_user, workspace.language) == ("U0TOBAN", "")


@pytest.mark.parametrize(
    ("config", "channel", "language"),
    [
        ("", "C0OPS", "ja"),
        ("", "C0ELSE", "ja"),
        ('language = "en"', "C0ELSE", "en"),
        ('language = "en"', "C0OPS", "ja"),
    ],
)
def test_the_channel_says_first_then_the_config_then_the_workspace(
    slack: LocalSlack, tmp_path: Path, config: str, channel: str, language: str
) -> None:
    reads(slack, "ja-JP")
    file = tmp_path / "toban.toml"
    file.write_text(f'{config}\n{LEAST}[channels.C0OPS]\nlanguage = "ja"\n{GROUPS}', encoding="utf-8")
    bot = Bot(
        load(
            {
                "SLACK_BOT_TOKEN": slack.bot_token,
                "SLACK_APP_TOKEN": slack.app_token,
                "SLACK_API_URL": slack.api_url,
                "TOBAN_CONFIG": str(file),
                "TOBAN_DATABASE_URL": f"sqlite:///{tmp_path}/toban.db",
            }
        )
    )
    try:
        path = bot.house.path
        assert path.language_in("C0ELSE") == ("en" if config or not bot.team.workspace.language else "ja")
        bot.team.workspace.learn()
        assert path.language_in(channel) == language
    finally:
        bot.house.close()
