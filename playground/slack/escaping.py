"""What Slack makes of typed text: @handles, #channels and links become <...>, and & < > are escaped.

Source: Slack's pages "Formatting message text" and "Implementing slash commands".
"""

import re
from collections.abc import Callable

from playground.slack.workspace import Workspace

_SPECIAL = re.compile(
    r"(?P<ready><[@#!][^<>]+>|<https?://[^<>]+>)"
    r"|(?P<url>https?://[^\s<>|]+)"
    r"|(?<![\w@])@(?P<handle>[\w.-]*\w)"
    r"|(?<![\w#&])#(?P<channel>[\w-]+)"
    r"|(?<![\w.@/:=-])(?P<host>(?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|jp))(?![\w-])"
)


def escape(text: str) -> str:
    """Return the text with the three characters Slack reserves replaced."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def in_message(slack: Workspace, text: str) -> str:
    """Return the text as a message carries it: <@U0SATO>, <#C0OPS|ops>, <https://example.com>."""
    return _written(text, lambda found: _named(slack, found, with_names=False))


def in_command(slack: Workspace, text: str) -> str:
    """Return the text as a slash command carries it: <@U0SATO|sato>, if the app asked for that."""
    if not slack.app.escapes:
        return escape(text)
    return _written(text, lambda found: _named(slack, found, with_names=True))


def _written(text: str, special: Callable[[re.Match[str]], str]) -> str:
    parts, end = [], 0
    for found in _SPECIAL.finditer(text):
        parts += [escape(text[end : found.start()]), special(found)]
        end = found.end()
    return "".join([*parts, escape(text[end:])])


def _named(slack: Workspace, found: re.Match[str], *, with_names: bool) -> str:
    if found["ready"]:
        return found["ready"]
    if found["url"]:
        return f"<{escape(found['url'])}>"
    if found["host"]:
        return f"<http://{found['host']}|{found['host']}>"
    if found["handle"]:
        return _person(slack, found["handle"], with_names=with_names)
    for channel in slack.channels.values():
        if channel.name == found["channel"]:
            return f"<#{channel.id}|{channel.name}>"
    return escape(found[0])


def _person(slack: Workspace, handle: str, *, with_names: bool) -> str:
    for person in slack.people.values():
        if person.name == handle:
            return f"<@{person.id}|{handle}>" if with_names else f"<@{person.id}>"
    for group in slack.groups.values():
        if group.handle == handle:
            return f"<!subteam^{group.id}|@{handle}>" if with_names else f"<!subteam^{group.id}>"
    return f"@{escape(handle)}"
