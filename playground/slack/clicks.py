"""Somebody clicks a button, chooses from a menu, looks something up, or uses a shortcut.

Source: Slack's pages "block_actions payload", "block_suggestion payload", "message_actions payload".
"""

from collections.abc import Iterator

from playground.slack.dressing import elements
from playground.slack.errors import CannotDoError, Refusal
from playground.slack.limits.options import suggestions
from playground.slack.message import Message
from playground.slack.office import TROUBLE, Office, Outcome, channel_card
from playground.slack.shapes import Json, as_list
from playground.slack.values import initial_values, value_of
from playground.slack.views import View

Place = Message | View
BUTTON_FIELDS: tuple[str, ...] = ("type", "text", "value", "style", "url")


def click(office: Office, user: str, place: Place, which: str, value: str = "") -> Outcome:
    """Click a button, found by its action_id, value or words; `value` tells same-named buttons apart.

    Raises CannotDoError when this person sees no such button.
    """
    block, element = find_element(place, which, value)
    action: Json = {key: element[key] for key in BUTTON_FIELDS if key in element}
    return _act(office, user, place, _action(office, block, element, action))


def choose(office: Office, user: str, place: Place, which: str, value: object) -> Outcome:
    """Choose from a menu, date picker, radio buttons ... found by its action_id."""
    block, element = find_element(place, which)
    return _act(office, user, place, _action(office, block, element, value_of(element, value)))


def look_up(office: Office, user: str, place: Place, which: str, query: str) -> Outcome:
    """Type into a menu whose options come from the app; the answer's options are in `response`."""
    block, element = find_element(place, which)
    payload = office.common("block_suggestion", user) | _where(office, user, place)
    payload |= {"action_id": element["action_id"], "block_id": block["block_id"], "value": query}
    answer = office.send("interactive", payload)
    wrong = "" if answer.acked and not list(suggestions(answer.payload or {}, "")) else TROUBLE
    return Outcome(answer.acked, answer.seconds, payload, answer.payload, wrong, answer.why)


def use_shortcut(office: Office, user: str, callback_id: str, message: Message | None = None) -> Outcome:
    """Use a shortcut, on a message or from anywhere."""
    payload = office.common("message_action" if message else "shortcut", user) | {"callback_id": callback_id}
    payload |= {"trigger_id": office.slack.triggers.make(user), "action_ts": office.slack.names.ts()}
    if message is not None:
        place = office.slack.channel(message.channel)
        url = office.urls.make(place.id, user, message)
        payload |= {"message_ts": message.ts, "message": message.as_slack(), "channel": channel_card(place)}
        payload["response_url"] = office.response_url(url)
    answer = office.send("interactive", payload)
    shown = "" if answer.acked else TROUBLE
    return Outcome(answer.acked, answer.seconds, payload, answer.payload, shown, answer.why)


def find_element(place: Place, which: str, value: str = "") -> tuple[Json, Json]:
    """Return the block and the element in it.  Raises CannotDoError when there is none."""
    there = [pair for block in _blocks(place) for pair in _pairs(block)]
    for field in ("action_id", "value", "text"):
        for block, element in there:
            has = element.get(field)
            said = has.get("text") if isinstance(has, dict) else has
            if which == said and value in ("", element.get("value")):
                return block, element
    raise CannotDoError(f"there is no {which!r} among {[each.get('action_id') for _, each in there]}")


def _pairs(block: Json) -> Iterator[tuple[Json, Json]]:
    yield from ((block, element) for element in elements(block))


def _blocks(place: Place) -> list[Json]:
    if isinstance(place, View):
        return place.blocks
    return place.blocks + [block for each in place.attachments for block in as_list(each.get("blocks"))]


def _action(office: Office, block: Json, element: Json, said: Json) -> Json:
    ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
    return said | ids | {"action_ts": office.slack.names.ts()}


def _act(office: Office, user: str, place: Place, action: Json) -> Outcome:
    view = place.id if isinstance(place, View) else ""
    payload = office.common("block_actions", user) | _where(office, user, place) | {"actions": [action]}
    payload["trigger_id"] = office.slack.triggers.make(user, view)
    if isinstance(place, Message):
        url = office.urls.make(place.channel, user, _live(office, place))
        payload["response_url"] = office.response_url(url)
    answer = office.send("interactive", payload)
    shown = "" if answer.acked else TROUBLE
    return Outcome(answer.acked, answer.seconds, payload, answer.payload, shown, answer.why)


def _where(office: Office, user: str, place: Place) -> Json:
    """Return where it happened: a view, or a channel with its message (not with an ephemeral one)."""
    if isinstance(place, View):
        shown = place.as_slack(office.slack.app, office.slack.team.id)
        shown["state"] = {"values": initial_values(place.blocks) | place.values}
        return {"view": shown, "container": {"type": "view", "view_id": place.id}}
    channel = office.seat(user, place.channel)
    container: Json = {"type": "message", "message_ts": place.ts, "channel_id": channel.id}
    container["is_ephemeral"] = bool(place.seen_by)
    if place.thread_ts:
        container["thread_ts"] = place.thread_ts
    body: Json = {"container": container, "channel": channel_card(channel)}
    body["state"] = {"values": initial_values(place.blocks)}
    if place.seen_by not in ("", user):
        raise CannotDoError(f"{user} does not see what only {place.seen_by} sees")
    return body if place.seen_by else body | {"message": _live(office, place).as_slack(with_metadata=True)}


def _live(office: Office, message: Message) -> Message:
    """Return the message as it is now, though the person may still look at how it was."""
    try:
        kept = office.slack.messages.for_one(message.channel, message.seen_by) if message.seen_by else []
        same = [each for each in kept if each.ts == message.ts]
        return same[0] if same else office.slack.messages.find(message.channel, message.ts)
    except Refusal:
        raise CannotDoError(f"the message {message.ts} is gone") from None
