"""reactions.*: emoji on messages.

Source: Slack's pages "reactions.add method" and "reactions.remove method".
"""

from playground.slack.errors import Refusal
from playground.slack.message import Message
from playground.slack.methods.call import Call
from playground.slack.shapes import Json


def add(call: Call) -> Json:
    """Put the bot's emoji on a message."""
    message, name = _item(call)
    if call.slack.channel(message.channel).is_archived:
        raise Refusal("is_archived")
    if call.slack.app.user_id in message.reactions.get(name, []):
        raise Refusal("already_reacted")
    with call.slack.messages.changing():
        message.reactions.setdefault(name, []).append(call.slack.app.user_id)
    return {}


def remove(call: Call) -> Json:
    """Take the bot's emoji off a message."""
    message, name = _item(call)
    by = message.reactions.get(name, [])
    if call.slack.app.user_id not in by:
        raise Refusal("no_reaction")
    with call.slack.messages.changing():
        by.remove(call.slack.app.user_id)
        if not by:
            del message.reactions[name]
    return {}


def _item(call: Call) -> tuple[Message, str]:
    """Return the message that is meant and the emoji's name."""
    if not call.word("channel") or not call.word("timestamp"):
        raise Refusal("no_item_specified")
    channel = call.slack.readable(call.word("channel"))
    name = call.word("name").strip(":")
    if not name:
        raise Refusal("invalid_name")
    return call.slack.messages.find(channel.id, call.word("timestamp")), name
