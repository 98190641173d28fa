"""A call of each method that works, and what can be wrong with its arguments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playground.slack.content import Content
from playground.slack.server import LocalSlack
from playground.slack.shapes import Json
from tests.playground.slack.words import asking, modal, section, writing

HOME: Json = {"type": "home", "blocks": [section("hi")]}
FORM: Json = modal(asking("reason", writing("text")))
METADATA: Json = {"event_type": "outbox", "event_payload": {"id": "7"}}


@dataclass(frozen=True, slots=True)
class Stage:
    """A workspace in which something was said, shown and uploaded, as the calls need it."""

    slack: LocalSlack

    def said(self, channel: str = "C0OPS", *, by: str = "") -> str:
        """Say something as the bot, or as a person, and return its ts."""
        space = self.slack.workspace
        return (space.say(channel, by, "hi") if by else space.post(channel, Content("hi"))).ts

    def reacted(self) -> str:
        """Return the ts of a message that bears the bot's eyes."""
        ts = self.said()
        message = self.slack.workspace.messages.find("C0OPS", ts)
        message.reactions["eyes"] = [self.slack.workspace.app.user_id]
        return ts

    def view(self, **more: object) -> str:
        """Return the id of a form that Sato has open."""
        return self.slack.workspace.views.open("U0SATO", FORM | more).id

    def trigger(self, view: str = "") -> str:
        """Return a trigger id of Sato's."""
        return self.slack.workspace.triggers.make("U0SATO", view)

    def refresh(self) -> Json:
        """Return what renews the bot's token."""
        tokens = self.slack.tokens
        tokens.rotate()
        name, secret = tokens.client
        asked: Json = {"client_id": name, "client_secret": secret, "grant_type": "refresh_token"}
        return asked | {"refresh_token": tokens.refresh}

    def file(self) -> str:
        """Return the id of a file whose bytes have come."""
        files = self.slack.workspace.files
        file = files.announce("plan.txt", 3)
        files.fill(file.secret, b"i-1")
        return file.id


WORKING: Mapping[str, Callable[[Stage], Json]] = {
    "api.test": lambda on: {"foo": "bar"},
    "apps.connections.open": lambda on: {},
    "auth.teams.list": lambda on: {},
    "auth.test": lambda on: {},
    "blocks.validate": lambda on: {"blocks": [section("hi")]},
    "chat.delete": lambda on: {"channel": "C0OPS", "ts": on.said()},
    "chat.getPermalink": lambda on: {"channel": "C0OPS", "message_ts": on.said()},
    "chat.postEphemeral": lambda on: {"channel": "C0OPS", "user": "U0SATO", "text": "hi"},
    "chat.postMessage": lambda on: {"channel": "C0OPS", "text": "hi"},
    "chat.update": lambda on: {"channel": "C0OPS", "ts": on.said(), "text": "hi"},
    "conversations.history": lambda on: {"channel": "C0OPS"},
    "conversations.info": lambda on: {"channel": "C0OPS"},
    "conversations.join": lambda on: {"channel": "C0RANDOM"},
    "conversations.list": lambda on: {},
    "conversations.members": lambda on: {"channel": "C0OPS"},
    "conversations.open": lambda on: {"users": "U0SATO"},
    "conversations.replies": lambda on: {"channel": "C0OPS", "ts": on.said()},
    "files.completeUploadExternal": lambda on: {"files": [{"id": on.file(), "title": "plan"}]},
    "files.getUploadURLExternal": lambda on: {"filename": "plan.txt", "length": 3},
    "oauth.v2.access": lambda on: on.refresh(),
    "reactions.add": lambda on: {"channel": "C0OPS", "name": "eyes", "timestamp": on.said()},
    "reactions.remove": lambda on: {"channel": "C0OPS", "name": "eyes", "timestamp": on.reacted()},
    "usergroups.list": lambda on: {},
    "usergroups.users.list": lambda on: {"usergroup": "S0APPROVERS"},
    "users.info": lambda on: {"user": "U0SATO"},
    "users.list": lambda on: {},
    "views.open": lambda on: {"trigger_id": on.trigger(), "view": FORM},
    "views.publish": lambda on: {"user_id": "U0SATO", "view": HOME},
    "views.push": lambda on: {"trigger_id": on.trigger(on.view()), "view": FORM},
    "views.update": lambda on: {"view_id": on.view(), "view": FORM},
}

_STRANGE: tuple[object, ...] = ("", "x", "[{", 7, [], [7], [[]], {}, {"id": None}, [{"blocks": 7}], True)
_WRONG: Mapping[str, tuple[object, ...]] = {
    "channel": ("C0NOWHERE", "C0RANDOM", "C0OLD"),
    "channel_id": ("C0NOWHERE", "C0RANDOM", "C0OLD"),
    "user": ("U0NOBODY", "U0KATO"),
    "user_id": ("U0NOBODY",),
    "users": ("U0NOBODY", "U0KATO", "U0SATO,U0ITO"),
    "text": ("x" * 4001, "x" * 40_001),
    "blocks": ([section("")], [section("x" * 3000)] * 4, [section("x")] * 51),
    "attachments": ([{"text": "x"}] * 101, [{"blocks": [{}]}]),
    "thread_ts": ("1.2",),
    "limit": ("0", "1001", "many"),
    "cursor": ("abc", "next:99999"),
    "view": (modal(), HOME, FORM, FORM | {"private_metadata": "x" * 3001}),
    "message": ({"text": "hi"}, {"blocks": [{}]}),
    "files": ([{"id": "F0NONE"}],),
    "length": (0, -1, "long"),
}


def odd_values(name: str) -> tuple[object, ...]:
    """Return values that an argument of this name should not have."""
    return (*_STRANGE, *_WRONG.get(name, ()))
