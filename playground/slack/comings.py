"""The bot comes into a channel and is put out of it; a channel is archived: the events the app hears of.

Source: Slack's pages "channel_left event", "group_left event", "member_joined_channel event",
"channel_archive event", "channel_unarchive event".
"""

from playground.slack.office import Office
from playground.slack.people import Channel
from playground.slack.shapes import Json
from playground.slack.talk import send_event


def put_out(office: Office, channel: str) -> None:
    """Take the bot out of a channel."""
    place, bot = office.slack.channel(channel), office.slack.app.user_id
    with office.slack.messages.changing():
        place.members.discard(bot)
    _tell(office, {"type": f"{_kind(place)}_left", "channel": place.id})


def invite(office: Office, by: str, channel: str) -> None:
    """Take the bot into a channel: /invite."""
    place, bot = office.slack.channel(channel), office.slack.app.user_id
    with office.slack.messages.changing():
        place.members.add(bot)
    event: Json = {"type": "member_joined_channel", "user": bot, "channel": place.id, "inviter": by}
    _tell(office, event | {"channel_type": "G" if place.is_private else "C", "team": office.slack.team.id})


def archive(office: Office, by: str, channel: str) -> None:
    """Archive a channel."""
    place = office.slack.channel(channel)
    with office.slack.messages.changing():
        place.is_archived = True
    _tell(office, {"type": f"{_kind(place)}_archive", "channel": place.id, "user": by})


def unarchive(office: Office, by: str, channel: str) -> None:
    """Take it up again."""
    place = office.slack.channel(channel)
    with office.slack.messages.changing():
        place.is_archived = False
    _tell(office, {"type": f"{_kind(place)}_unarchive", "channel": place.id, "user": by})


def _kind(place: Channel) -> str:
    return "group" if place.is_private else "channel"


def _tell(office: Office, event: Json) -> None:
    if event["type"] in office.slack.app.listens_to:
        send_event(office, event | {"event_ts": office.slack.names.ts()})
