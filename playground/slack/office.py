"""What everything that people do needs: the workspace, the way to the app, and the urls in between."""

from dataclasses import dataclass

from playground.slack.delivery import Answer, Delivery, Envelope
from playground.slack.errors import CannotDoError
from playground.slack.events import Events
from playground.slack.message import Message
from playground.slack.people import Channel
from playground.slack.response_urls import ResponseUrls
from playground.slack.shapes import Json
from playground.slack.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of something a person did."""

    acked: bool
    seconds: float  # until the acknowledgement, or until the person was told that none came
    payload: Json  # what the app was sent
    response: Json | None = None  # what the acknowledgement carried
    shown: str = ""  # what the person read because of it; "" when nothing
    why: str = ""  # operation_timeout, dispatch_failed, ...
    message: Message | None = None  # the message that was said, or that came with the acknowledgement


@dataclass(frozen=True, slots=True)
class Office:
    """The workspace and the ways between it and the app."""

    slack: Workspace
    urls: ResponseUrls
    delivery: Delivery
    events: Events
    patience: float  # seconds the app has for an acknowledgement
    url: str  # http://127.0.0.1:port

    def seat(self, user: str, channel: str) -> Channel:
        """Return a channel this person may write in.  Raises CannotDoError or Refusal."""
        place = self.slack.channel(channel)
        if self.slack.person(user).deleted:
            raise CannotDoError(f"{user} has left the company")
        if place.is_archived or user not in place.members:
            raise CannotDoError(f"{user} cannot write in {place.id}")
        return place

    def send(self, kind: str, payload: Json) -> Answer:
        """Send a command or an interaction, once, and wait for its acknowledgement."""
        return self.delivery.deliver(Envelope(kind, payload), self.patience)

    def common(self, kind: str, user: str) -> Json:
        """Return what every interaction payload begins with."""
        team = self.slack.team
        who = {"id": user, "username": self.slack.person(user).name, "name": self.slack.person(user).name}
        body: Json = {"type": kind, "token": "local", "api_app_id": self.slack.app.id}
        org_wide = self.slack.app.org_wide
        ours = None if org_wide else {"id": team.id, "domain": team.domain}
        body |= {"user": who | {"team_id": self.slack.team_of(user)}, "team": ours}
        enterprise = {"id": team.enterprise, "name": team.name} if team.enterprise else None
        return body | {"enterprise": enterprise, "is_enterprise_install": org_wide}

    def response_url(self, name: str) -> str:
        """Return the whole response url for its secret end."""
        return f"{self.url}/respond/{name}"


def channel_card(channel: Channel) -> Json:
    """Return how payloads name a conversation."""
    return {"id": channel.id, "name": "directmessage" if channel.is_im else channel.name}
