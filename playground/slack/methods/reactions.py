"""reactions.*: emoji on messages."""

from playground.slack.errors import Refusal
from playground.slack.methods.call import Call
from playground.slack.shapes import Json


def add(call: Call) -> Json:
    """Put the bot's emoji on a message."""
    channel = call.slack.readable(call.need("channel"))
    message = call.slack.messages.find(channel.id, call.need("timestamp"))
    by = message.reactions.setdefault(call.need("name").strip(":"), [])
    if call.slack.app.user_id in by:
        raise Refusal("already_reacted")
    with call.slack.messages.changing():
        by.append(call.slack.app.user_id)
    return {}


def remove(call: Call) -> Json:
    """Take the bot's emoji off a message."""
    channel = call.slack.readable(call.need("channel"))
    message = call.slack.messages.find(channel.id, call.need("timestamp"))
    name = call.need("name").strip(":")
    by = message.reactions.get(name, [])
    if call.slack.app.user_id not in by:
        raise Refusal("no_reaction")
    with call.slack.messages.changing():
        by.remove(call.slack.app.user_id)
        if not by:
            del message.reactions[name]
    return {}
