"""What Slack delivers, read strictly: a payload that is not as documented is nothing, never a guess.

Sources, all Slack's: "Implementing slash commands", "block_actions payload", "view_submission payload",
"app_mention event".
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Line:
    """A slash command or a mention: a line to be asked."""

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


def slash(body: Payload) -> Line | None:
    """A slash command, with its command as first word."""
    where = Where(
        person=_text(body, "user_id"),
        team=_text(body, "team_id"),
        channel=_text(body, "channel_id"),
        response_url=_text(body, "response_url"),
    )
    trigger, command = _text(body, "trigger_id"), _text(body, "command")
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
    text, found = _text(event, "text"), _MENTION.match(_text(event, "text"))
    where = Where(
        person=_text(event, "user"),
        team=_text(body, "team_id"),
        channel=_text(event, "channel"),
        thread=_text(event, "thread_ts") or _text(event, "ts"),
    )
    key = _text(body, "event_id")
    if found is None or not (where.person and where.channel and key) or len(text) > TEXT_MOST:
        return None
    return Line(f"event:{key}"[:KEY_MOST], where, text[found.end() :])


def press(body: Payload) -> Press | None:
    """A click on one of a card's buttons."""
    actions = body.get("actions")
    if not isinstance(actions, list) or len(actions) != 1 or not isinstance(actions[0], Mapping):
        return None
    channel = _part(body, "channel") or _part(body, "container")
    where = Where(
        person=_text(_part(body, "user"), "id"),
        team=_text(_part(body, "user"), "team_id") or _text(_part(body, "team"), "id"),
        channel=_text(channel, "id") or _text(channel, "channel_id"),
        response_url=_text(body, "response_url"),
    )
    trigger = _text(body, "trigger_id")
    action = _text(actions[0], "action_id")
    return _about(f"click:{trigger}:{action}", where, trigger, _text(actions[0], "value"))


def denial(body: Payload, block: str, field: str) -> Press | None:
    """The form that asks why a plan is denied, as it was sent."""
    view = _part(body, "view")
    given = _part(_part(_part(_part(view, "state"), "values"), block), field)
    about = _json(_text(view, "private_metadata"))
    where = Where(
        person=_text(_part(body, "user"), "id"),
        team=_text(_part(body, "user"), "team_id") or _text(_part(body, "team"), "id"),
        channel=_text(about, "channel"),
    )
    key = f"form:{_text(view, 'id')}:{where.person}"
    found = _about(key, where, "-", _text(view, "private_metadata"), _text(given, "value"))
    return found if _text(view, "id") else None


def _about(key: str, where: Where, trigger: str, value: str, reason: str = "") -> Press | None:
    about = _json(value)
    number, plan_hash = about.get("op"), _text(about, "hash")
    if not (where.person and where.channel and trigger and plan_hash):
        return None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**31:
        return None
    return Press(key[:KEY_MOST], where, trigger, number, plan_hash, reason[:TEXT_MOST])


def _text(body: Payload, name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""


def _part(body: Payload, name: str) -> Payload:
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def _json(text: str) -> Payload:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, Mapping) else {}
