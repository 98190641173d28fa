"""Who somebody is, is the id that Slack gives them, and nothing that they could write themselves."""

from typing import Any

import pytest

from bot.slack.payload import denial, mention, press, slash

NAMES = ["U0SUZUKI", "<@U0SUZUKI>", "suzuki", "toban", "Slackbot", "\u202eikuzus"]


@pytest.mark.parametrize("name", NAMES)
def test_whoever_renames_themselves_stays_who_they_are(name: str) -> None:
    typed = {
        "user_id": "U0ITO",
        "user_name": name,
        "channel_id": "C0OPS",
        "trigger_id": "1",
        "command": "/ec2",
    }
    line = slash({**typed, "text": f"list {name}"})
    assert line is not None
    assert line.where.person == "U0ITO"
    user = {
        "id": "U0ITO",
        "name": name,
        "username": name,
        "profile": {"display_name": name, "real_name": name},
    }
    value = '{"op":7,"hash":"abc","person":"U0SUZUKI","user":"U0SUZUKI"}'
    pressed: dict[str, Any] = {"actions": [{"action_id": "toban.approve", "value": value}]}
    read = press({**pressed, "user": user, "trigger_id": "1", "channel": {"id": "C0OPS"}})
    assert read is not None
    assert read.where.person == "U0ITO"
    view = {"id": "V1", "private_metadata": value, "state": {"values": {"reason": {"text": {"value": name}}}}}
    sent = denial({"user": user, "view": view}, "reason", "text")
    assert sent is not None
    assert sent.where.person == "U0ITO"


@pytest.mark.parametrize("who", [{"bot_id": "B0TOBAN"}, {"bot_id": "B0EVIL", "user": "U0SUZUKI"}])
def test_what_a_bot_says_asks_nothing_also_in_a_persons_name(who: dict[str, str]) -> None:
    """Neither another app nor whoever stole toban's token makes lines of what it writes."""
    event = {"text": "<@U0TOBAN> ec2 stop all", "user": "U0SATO", "channel": "C0OPS", "ts": "1.2", **who}
    assert mention({"event": event, "event_id": "Ev1"}) is None


def test_a_message_that_only_looks_like_a_mention_asks_nothing() -> None:
    event = {"text": "see <@U0TOBAN> ec2 stop all", "user": "U0SATO", "channel": "C0OPS", "ts": "1.2"}
    assert mention({"event": event, "event_id": "Ev1"}) is None
