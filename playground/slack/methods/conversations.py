"""conversations.*: which channels there are, who is in them, what was said.

Source: Slack's pages on each method.
"""

from decimal import Decimal, InvalidOperation

from playground.slack.errors import Refusal
from playground.slack.message import Message
from playground.slack.methods.call import Call, page
from playground.slack.shapes import Json

TYPES = frozenset({"public_channel", "private_channel", "mpim", "im"})


def opened(call: Call) -> Json:
    """Open the direct messages with a person."""
    users = [each for each in call.word("users").split(",") if each]
    if call.word("channel"):
        return {"channel": {"id": call.slack.channel(call.word("channel")).id}}
    if len(users) != 1:
        raise Refusal("too_many_users" if users else "users_list_not_supplied")  # no group messages here
    if call.slack.person(users[0]).deleted:
        raise Refusal("user_disabled")
    return {"channel": {"id": call.slack.direct(users[0]).id}}


def info(call: Call) -> Json:
    """Describe a conversation."""
    channel = call.slack.channel(call.need("channel"))
    if channel.is_private and call.slack.app.user_id not in channel.members:
        raise Refusal("channel_not_found")
    described = channel.as_slack(call.slack.app.user_id)
    if not call.flag("include_locale"):
        described.pop("locale", None)
    return {"channel": described}


def join(call: Call) -> Json:
    """Let the bot into a public channel, where it may be already."""
    channel = call.slack.channel(call.need("channel"))
    if channel.is_private:
        raise Refusal("method_not_supported_for_channel_type")
    if channel.is_im or channel.is_archived:
        raise Refusal("is_archived" if channel.is_archived else "method_not_supported_for_channel_type")
    bot = call.slack.app.user_id
    warning = {"warning": "already_in_channel"} if bot in channel.members else {}
    with call.slack.messages.changing():
        channel.members.add(bot)
    return {"channel": channel.as_slack(bot), **warning}


def listed(call: Call) -> Json:
    """List conversations: public channels unless `types` says otherwise."""
    types = set((call.word("types") or "public_channel").split(","))
    if not types <= TYPES:
        raise Refusal("invalid_types")
    wanted = []
    for channel in call.slack.channels.values():
        kind = "im" if channel.is_im else "private_channel" if channel.is_private else "public_channel"
        if kind in types and not (call.flag("exclude_archived") and channel.is_archived):
            wanted.append(channel)
    some, more = page(call, wanted, bad_limit="invalid_limit")
    return {"channels": [each.as_slack(call.slack.app.user_id) for each in some], **more}


def members(call: Call) -> Json:
    """List who is in a conversation."""
    there = sorted(call.slack.channel(call.need("channel")).members)
    some, more = page(call, there, bad_limit="invalid_limit")
    return {"members": list(some), **more}


def history(call: Call) -> Json:
    """List a conversation's messages, newest first; replies only where they were broadcast."""
    channel = call.slack.readable(call.need("channel"))
    said = [
        each for each in call.slack.messages.in_channel(channel.id) if not each.is_reply or each.broadcast
    ]
    return _listed(call, _between(call, said)[::-1]) | {"pin_count": 0}


def replies(call: Call) -> Json:
    """List a message and the replies under it, oldest first."""
    channel = call.slack.readable(call.need("channel"))
    ts = call.need("ts")
    thread = call.slack.messages.in_thread(channel.id, ts)
    if not any(each.ts == ts for each in thread):
        raise Refusal("thread_not_found")
    return _listed(call, thread[:1] + _between(call, thread[1:]))


def _listed(call: Call, said: list[Message]) -> Json:
    some, more = page(call, said)
    with_metadata = call.flag("include_all_metadata")
    shown = [
        each.as_slack(with_metadata=with_metadata) | call.slack.messages.thread_facts(each) for each in some
    ]
    return {"messages": shown, "has_more": bool(more["response_metadata"]["next_cursor"]), **more}


def _between(call: Call, said: list[Message]) -> list[Message]:
    oldest, latest, inclusive = _moment(call, "oldest"), _moment(call, "latest"), call.flag("inclusive")

    def inside(message: Message) -> bool:
        at = Decimal(message.ts)
        after = oldest is None or at > oldest or (inclusive and at == oldest)
        return after and (latest is None or at < latest or (inclusive and at == latest))

    return [each for each in said if inside(each)]


def _moment(call: Call, name: str) -> Decimal | None:
    said = call.word(name)
    try:
        return Decimal(said) if said and said != "now" else None
    except InvalidOperation:
        raise Refusal(f"invalid_ts_{name}") from None
