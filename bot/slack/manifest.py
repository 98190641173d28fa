"""The Slack app manifest, made from the commands that exist ("App manifest reference", Slack)."""

from collections.abc import Iterable
from typing import Any

from bot.command import Verb
from bot.config.http import PATH
from bot.slack.channel_events import EVENTS

SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "usergroups:read",
    "users:read",
)
COMMANDS = 50  # the most slash commands an app may have
SUMMARY = 140  # characters of an app's and 2000 of a command's description

_AGAIN = {
    "name": "Run again",
    "type": "message",
    "callback_id": "toban.again",
    "description": "Ask the same line once more, as yourself",
}


def manifest(verbs: Iterable[Verb[Any]], url: str = "") -> dict[str, Any]:
    """The manifest to paste into Slack when the app is made.

    `url` is the public address of a toban that Slack comes to by HTTP; "" means Socket Mode.
    """
    request_url = f"{url}{PATH}" if url else ""
    nouns: dict[str, list[str]] = {}
    for verb in verbs:
        nouns.setdefault(verb.noun, []).append(verb.name)
    return {
        "display_information": {
            "name": "toban",
            "description": "The one on duty: backups, start and stop, approvals, audit for AWS",
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "toban", "always_online": True},
            "shortcuts": [_AGAIN],
            "slash_commands": [_command(noun, names, request_url) for noun, names in sorted(nouns.items())],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": _posted_to(request_url, "request_url")
            | {"bot_events": ["app_home_opened", "app_mention", *sorted(EVENTS)]},
            "interactivity": {"is_enabled": True}
            | _posted_to(request_url, "request_url", "message_menu_options_url"),
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def _posted_to(request_url: str, *settings: str) -> dict[str, Any]:
    """Where Slack posts to, by each of these settings; nothing in Socket Mode."""
    return dict.fromkeys(settings, request_url) if request_url else {}


def _command(noun: str, names: list[str], request_url: str) -> dict[str, Any]:
    verbs = " | ".join(names)
    return {
        "command": f"/{noun}",
        "description": verbs,
        "usage_hint": f"{verbs} | help",
        "should_escape": True,
        **_posted_to(request_url, "url"),
    }
