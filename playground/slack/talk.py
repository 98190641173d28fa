"""Somebody says something, mentions the bot, or opens its home tab: the events the app hears of.

Source: Slack's pages "app_mention event", "message.im event", "app_home_opened event".
"""

import secrets
from uuid import uuid4

from playground.slack.delivery import Answer
from playground.slack.escaping import in_message
from playground.slack.message import Message
from playground.slack.office import Office, Outcome
from playground.slack.people import Channel
from playground.slack.shapes import Json


def say(office: Office, user: str, channel: str, text: str, thread: str = "") -> Outcome:
    """Say something; the app hears of it when it is mentioned, or spoken to directly."""
    place = office.seat(user, channel)
    message = office.slack.say(place.id, user, in_message(office.slack, text), thread=thread)
    event = _heard(office, place, message)
    if event is None:
        return Outcome(acked=True, seconds=0.0, payload={}, message=message)
    return _outcome(send_event(office, event), event, message)


def mention(office: Office, user: str, channel: str, text: str, thread: str = "") -> Outcome:
    """Say something to the bot by its name."""
    return say(office, user, channel, f"<@{office.slack.app.user_id}> {text}", thread)


def open_home(office: Office, user: str) -> Outcome:
    """Open the app's home tab."""
    direct, home = office.slack.direct(user), office.slack.views.home(user)
    event: Json = {"type": "app_home_opened", "user": user, "channel": direct.id, "tab": "home"}
    event["event_ts"] = office.slack.names.ts()
    if home is not None:
        event["view"] = home.as_slack(office.slack.app, office.slack.team.id)
    if "app_home_opened" not in office.slack.app.listens_to:
        return Outcome(acked=True, seconds=0.0, payload={})
    return _outcome(send_event(office, event), event)


def send_event(office: Office, event: Json) -> Answer:
    """Send an event; unacknowledged, it comes again under the same event_id."""
    slack = office.slack
    body: Json = {"token": "local", "team_id": slack.team.id, "api_app_id": slack.app.id, "event": event}
    body |= {"type": "event_callback", "event_id": f"Ev{secrets.token_hex(5).upper()}"}
    body |= {"event_time": int(slack.clock().timestamp()), "is_ext_shared_channel": False}
    team = None if slack.app.org_wide else slack.team.id
    bot: Json = {
        "team_id": team,
        "user_id": slack.app.user_id,
        "enterprise_id": slack.team.enterprise or None,
    }
    body["authorizations"] = [bot | {"is_bot": True, "is_enterprise_install": slack.app.org_wide}]
    return office.events.send(body)


def _heard(office: Office, place: Channel, message: Message) -> Json | None:
    app = office.slack.app
    event: Json = {"user": message.user, "text": message.text, "ts": message.ts, "channel": place.id}
    event |= {"team": message.team, "event_ts": message.ts, "client_msg_id": str(uuid4())}
    event["blocks"] = [_rich(message.text)]
    if message.team != office.slack.team.id:
        event |= {"user_team": message.team, "source_team": message.team}
    if message.thread_ts:
        event["thread_ts"] = message.thread_ts
    if place.is_im and "message.im" in app.listens_to:
        return event | {"type": "message", "channel_type": "im"}
    named = f"<@{app.user_id}>" in message.text and app.user_id in place.members and not place.is_im
    return event | {"type": "app_mention"} if named and "app_mention" in app.listens_to else None


def _rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "block_id": secrets.token_urlsafe(4), "elements": [section]}


def _outcome(answer: Answer, event: Json, message: Message | None = None) -> Outcome:
    return Outcome(answer.acked, answer.seconds, event, why=answer.why, message=message)
