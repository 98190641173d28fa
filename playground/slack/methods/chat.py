"""chat.*: say, change, take back.

Source: Slack's pages "chat.postMessage", "chat.update", "chat.delete", "chat.postEphemeral".
"""

from playground.slack.content import TRUNCATED, Content
from playground.slack.errors import Refusal
from playground.slack.limits.messages import EDITED_TEXT
from playground.slack.message import Message
from playground.slack.methods.call import Call
from playground.slack.shapes import Json


def post_message(call: Call) -> Json:
    """Say something in a channel, a thread, or to a person."""
    channel = call.slack.writable(call.need("channel"))
    content = call.slack.read(call.args)
    thread = _thread(call, channel.id)
    said = call.slack.post(channel.id, content, thread=thread, broadcast=call.flag("reply_broadcast"))
    body: Json = {"channel": channel.id, "ts": said.ts, "message": said.as_slack(with_metadata=True)}
    return body | _warned(content)


def update(call: Call) -> Json:
    """Change a message of the bot's own."""
    message = _own(call, "cant_update_message", archived="is_inactive")
    if len(call.word("text")) > EDITED_TEXT:
        raise Refusal("msg_too_long")
    message = call.slack.edit(message, call.slack.read(call.args))
    body: Json = {"channel": message.channel, "ts": message.ts, "text": message.text}
    return body | {"message": message.as_slack(with_metadata=True)}


def delete(call: Call) -> Json:
    """Take back a message of the bot's own."""
    message = _own(call, "cant_delete_message", archived="cant_delete_message")
    call.slack.messages.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def post_ephemeral(call: Call) -> Json:
    """Say something to one person in a channel."""
    channel = call.slack.writable(call.need("channel"))
    person = call.slack.people.get(call.need("user"))
    if person is None or person.id not in channel.members or person.deleted:
        raise Refusal("user_not_in_channel")
    content = call.slack.read({**call.args, "metadata": None})  # which is no argument of this method
    said = call.slack.post(channel.id, content, thread=call.word("thread_ts"), seen_by=person.id)
    return {"message_ts": said.ts, **_warned(content)}


def get_permalink(call: Call) -> Json:
    """Return the address of a message."""
    channel = call.slack.channel(call.need("channel"))
    message = call.slack.messages.find(channel.id, call.need("message_ts"))
    link = f"{call.url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _own(call: Call, refused: str, *, archived: str) -> Message:
    channel = call.slack.channel(call.need("channel"))
    if channel.is_archived:
        raise Refusal(archived)
    if channel.is_private and call.slack.app.user_id not in channel.members:
        raise Refusal("channel_not_found")
    message = call.slack.messages.find(channel.id, call.need("ts"))
    if message.bot_id != call.slack.app.bot_id:
        raise Refusal(refused)
    return message


def _thread(call: Call, channel: str) -> str:
    """Return the ts of the thread's first message; replies to a reply go to its thread."""
    ts = call.word("thread_ts")
    if not ts:
        return ""
    try:
        parent = call.slack.messages.find(channel, ts)
    except Refusal:
        raise Refusal("thread_not_found") from None
    return parent.thread_ts or parent.ts


def _warned(content: Content) -> Json:
    if TRUNCATED not in content.warnings:
        return {}
    words = "[WARN] Your message was truncated but still posted."
    return {"warning": TRUNCATED, "response_metadata": {"warnings": [TRUNCATED], "messages": [words]}}
