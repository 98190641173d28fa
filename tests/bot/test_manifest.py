"""The app manifest, held to Slack's limits ("App manifest reference" and "Slash commands", Slack)."""

import re
from typing import Any

import pytest

import commands
from bot.slack.manifest import manifest

MADE: dict[str, Any] = manifest(commands.load())
COMMANDS = MADE["features"]["slash_commands"]
NOUNS = {verb.noun for verb in commands.load()}

NEEDED_FOR = {
    "app_mentions:read": "the event app_mention",
    "chat:write": "chat.postMessage, chat.update, chat.postEphemeral",
    "commands": "slash commands",
    "files:write": "files.getUploadURLExternal, files.completeUploadExternal",
    "im:write": "conversations.open",
    "usergroups:read": "usergroups.users.list",
    "users:read": "users.info",
}
"""What the bot calls or hears, by the scope that Slack asks for it."""


def test_every_noun_is_a_slash_command_once() -> None:
    assert sorted(one["command"] for one in COMMANDS) == sorted(f"/{noun}" for noun in NOUNS)


def test_there_are_no_more_commands_than_slack_takes() -> None:
    assert 1 <= len(COMMANDS) <= 50


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one["command"])
def test_a_command_is_written_as_slack_wants_it(command: dict[str, Any]) -> None:
    assert re.fullmatch(r"/[a-z][a-z0-9_-]{0,31}", command["command"])
    assert 1 <= len(command["description"]) <= 2000
    assert 1 <= len(command["usage_hint"]) <= 1000
    assert command["should_escape"] is True  # people and channels arrive as ids, not as names


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one["command"])
def test_a_command_needs_no_public_address(command: dict[str, Any]) -> None:
    """Socket Mode: Slack is called, it never calls."""
    assert "url" not in command
    assert MADE["settings"]["socket_mode_enabled"] is True


def test_by_http_slack_posts_everything_to_the_one_public_address() -> None:
    made = manifest(commands.load(), "https://toban.example.com")
    where = "https://toban.example.com/slack/events"
    assert {one["url"] for one in made["features"]["slash_commands"]} == {where}
    settings = made["settings"]
    assert settings["event_subscriptions"]["request_url"] == where
    assert settings["interactivity"]["request_url"] == where
    assert settings["interactivity"]["message_menu_options_url"] == where
    assert settings["socket_mode_enabled"] is False
    assert "request_url" not in str(MADE)


def test_the_app_is_described_within_slacks_limits() -> None:
    about = MADE["display_information"]
    assert 1 <= len(about["name"]) <= 35
    assert 1 <= len(about["description"]) <= 140
    assert re.fullmatch(r"#[0-9a-f]{6}", about["background_color"])
    assert 1 <= len(MADE["features"]["bot_user"]["display_name"]) <= 80


@pytest.mark.parametrize("scope", sorted(NEEDED_FOR))
def test_every_scope_that_is_needed_is_asked_for(scope: str) -> None:
    assert scope in MADE["oauth_config"]["scopes"]["bot"]


def test_no_scope_writes_more_than_messages_files_and_conversations_with_one_person() -> None:
    """An approval bot that could join channels or read everybody's mail would not be installed."""
    scopes = MADE["oauth_config"]["scopes"]
    assert set(scopes) == {"bot"}
    assert {one for one in scopes["bot"] if ":write" in one} == {"chat:write", "files:write", "im:write"}
    assert not {one for one in scopes["bot"] if one.startswith(("admin", "users:read.email", "identity"))}


def test_scopes_are_named_once_in_order() -> None:
    scopes = MADE["oauth_config"]["scopes"]["bot"]
    assert scopes == sorted(set(scopes))
