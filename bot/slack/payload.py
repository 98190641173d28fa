"""What Slack delivers, read strictly: a payload that is not as documented is nothing, never a guess.

Sources, all Slack's: "Implementing slash commands", "block_actions payload", "view_submission payload",
"app_mention event".
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aws.redaction import redacted

Payload = Mapping[str, Any]
KEY_MOST = 190  # characters of a delivery's key
TEXT_MOST = 4_000  # characters of a line; nobody types more
_MENTION = re.compile(r"\A\s*<@[UW][A-Z0-9]+(\|[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Where:
    """Who, where, and how to answer."""

    person: str
    team: str
    channel: str
    thread: str = ""
    response_url: str = ""
    enterprise: str = ""  # the organisation in which a command was typed


@dataclass(frozen=True, slots=True)
class Line:
    """A slash command, a mention or an offer that was taken: a line to be asked."""

    key: str
    where: Where
    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed, or a form that was sent, about one operation."""

    key: str
    where: Where
    trigger: str
    number: int
    plan_hash: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut that was used on a message."""

    key: str
    where: Where
    ts: str  # of the message
    ours: bool = False  # this app said it


def slash(body: Payload) -> Line | None:
    """A slash command, with its command as first word."""
    where = Where(
        person=text_of(body, "user_id"),
        team=text_of(body, "team_id"),
        channel=text_of(body, "channel_id"),
        response_url=text_of(body, "response_url"),
        enterprise=text_of(body, "enterprise_id"),
    )
    trigger, command = text_of(body, "trigger_id"), text_of(body, "command")
    text = body.get("text", "")
    if not (where.person and where.channel and trigger and command and isinstance(text, str)):
        return None
    if len(text) > TEXT_MOST:
        return None
    return Line(f"slash:{trigger}"[:KEY_MOST], where, f"{command} {text}")


def mention(body: Payload) -> Line | None:
    """An app_mention; the line is what follows the mention.  None for a bot's own words."""
    event = body.get("event")
    if not isinstance(event, Mapping) or event.get("bot_id"):
        return None
    text, found = text_of(event, "text"), _MENTION.match(text_of(event, "text"))
    where = Where(
        person=text_of(event, "user"),
        team=_authors_team(event) or text_of(body, "team_id"),
        channel=text_of(event, "channel"),
        thread=text_of(event, "thread_ts") or text_of(event, "ts"),
    )
    key = text_of(body, "event_id")
    if found is None or not (where.person and where.channel and key) or len(text) > TEXT_MOST:
        return None
    return Line(f"event:{key}"[:KEY_MOST], where, text[found.end() :])


def _authors_team(event: Payload) -> str:
    """Whose people the author of a message belongs to; the envelope names the workspace of the app.

    In channels that are shared, within an organisation or by Slack Connect, they differ.
    """
    return text_of(event, "user_team") or text_of(event, "source_team") or text_of(event, "team")


def home_opened(body: Payload) -> Where | None:
    """An app_home_opened of the home tab, not of the messages beside it."""
    event = part_of(body, "event")
    where = Where(text_of(event, "user"), text_of(body, "team_id"), channel="")
    return where if where.person and event.get("tab") == "home" else None


def shortcut(body: Payload) -> Shortcut | None:
    """A shortcut on a message; what it brings about stands in the same thread."""
    message = part_of(body, "message")
    ts, thread = text_of(message, "ts"), text_of(message, "thread_ts")
    found = who(body, text_of(part_of(body, "channel"), "id"))
    where = replace(found, thread=thread if thread != ts else "", response_url=text_of(body, "response_url"))
    trigger = text_of(body, "trigger_id")
    if not (where.person and where.channel and trigger and ts):
        return None
    app = text_of(body, "api_app_id")
    ours = bool(app) and text_of(message, "app_id") == app
    return Shortcut(f"again:{trigger}"[:KEY_MOST], where, ts, ours)


def who(body: Payload, channel: str) -> Where:
    """Who did something in a form that was opened from this channel."""
    user = part_of(body, "user")
    team = text_of(user, "team_id") or text_of(part_of(body, "team"), "id")
    return Where(text_of(user, "id"), team, channel)


def press(body: Payload) -> Press | None:
    """A click on one of a card's buttons, or in the home tab, where there is no channel."""
    actions = body.get("actions")
    if not isinstance(actions, list) or len(actions) != 1 or not isinstance(actions[0], Mapping):
        return None
    channel = part_of(body, "channel") or part_of(body, "container")
    where = Where(
        person=text_of(part_of(body, "user"), "id"),
        team=text_of(part_of(body, "user"), "team_id") or text_of(part_of(body, "team"), "id"),
        channel=text_of(channel, "id") or text_of(channel, "channel_id"),
        response_url=text_of(body, "response_url"),
    )
    if not where.channel and part_of(body, "view").get("type") != "home":
        return None
    trigger = text_of(body, "trigger_id")
    action = text_of(actions[0], "action_id")
    return _about(f"click:{trigger}:{action}", where, trigger, text_of(actions[0], "value"))


def offer(body: Payload) -> Line | None:
    """A click on a button that offers a line; what it brings about stands under the answer, or in its thread.

    What one person alone sees has no thread.
    """
    actions = body.get("actions")
    if not isinstance(actions, list) or len(actions) != 1 or not isinstance(actions[0], Mapping):
        return None
    container = part_of(body, "container")
    found = who(body, text_of(part_of(body, "channel"), "id") or text_of(container, "channel_id"))
    where = replace(found, thread=thread_of(body), response_url=text_of(body, "response_url"))
    trigger, line = text_of(body, "trigger_id"), text_of(actions[0], "value")
    if not (where.person and where.channel and trigger and line) or len(line) > TEXT_MOST:
        return None
    return Line(f"offer:{trigger}"[:KEY_MOST], where, line)


def thread_of(body: Payload) -> str:
    """The thread of the message with a button, or below it; "" for what one person alone sees."""
    container, message = part_of(body, "container"), part_of(body, "message")
    alone = container.get("is_ephemeral") is True
    return "" if alone else text_of(message, "thread_ts") or text_of(message, "ts")


def denial(body: Payload, block: str, field: str) -> Press | None:
    """The form that asks why a plan is denied, as it was sent."""
    view = part_of(body, "view")
    given = part_of(part_of(part_of(part_of(view, "state"), "values"), block), field)
    about = json_of(text_of(view, "private_metadata"))
    where = Where(
        person=text_of(part_of(body, "user"), "id"),
        team=text_of(part_of(body, "user"), "team_id") or text_of(part_of(body, "team"), "id"),
        channel=text_of(about, "channel"),
    )
    key = f"form:{text_of(view, 'id')}:{where.person}"
    found = _about(key, where, "-", text_of(view, "private_metadata"), redacted(text_of(given, "value")))
    return found if text_of(view, "id") else None


def _about(key: str, where: Where, trigger: str, value: str, reason: str = "") -> Press | None:
    about = json_of(value)
    number, plan_hash = about.get("op"), text_of(about, "hash")
    if not (where.person and trigger and plan_hash):
        return None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**31:
        return None
    return Press(key[:KEY_MOST], where, trigger, number, plan_hash, reason[:TEXT_MOST])


def text_of(body: Payload, name: str) -> str:
    """The text of this name, or ""."""
    value = body.get(name)
    return value if isinstance(value, str) else ""


def part_of(body: Payload, name: str) -> Payload:
    """The object of this name, or an empty one."""
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def json_of(text: str) -> Payload:
    """The object that a text of ours holds, or an empty one."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, Mapping) else {}
