"""The state of a workspace: who is there, and what was said, shown and uploaded."""

import dataclasses
from collections.abc import Iterator

from playground.slack import seeds
from playground.slack.clock import Clock, Names
from playground.slack.content import Content, read_content
from playground.slack.errors import Refusal
from playground.slack.files import Files
from playground.slack.limits.charts import KIND
from playground.slack.limits.pictures import files_in
from playground.slack.limits.rules import at
from playground.slack.message import Message
from playground.slack.messages import Messages
from playground.slack.people import App, Channel, Person
from playground.slack.shapes import Json
from playground.slack.triggers import Triggers
from playground.slack.views import Views


class Workspace:
    """Everything that is kept.  It knows nothing of HTTP; time comes from its clock."""

    def __init__(self, clock: Clock, app: App = seeds.BOT) -> None:
        self.clock, self.app, self.team = clock, app, seeds.TEAM
        self.names = Names(clock)
        self.people = {person.id: person for person in seeds.people()}
        self.channels = {channel.id: channel for channel in seeds.channels()}
        self.groups = {group.id: group for group in seeds.groups()}
        self.messages = Messages()
        self.triggers = Triggers(clock)
        self.views = Views(self.names)
        self.files = Files(self.names, clock)
        self.has_charts = True  # data_visualization comes to one workspace after the other

    def begin_anew(self) -> None:
        """Forget what was said, shown and uploaded; people and channels are as at the beginning."""
        with self.messages.changing():
            self.people = {person.id: person for person in seeds.people()}
            self.channels = {channel.id: channel for channel in seeds.channels()}
            self.groups = {group.id: group for group in seeds.groups()}
        for kept in (self.messages, self.views, self.files):
            kept.forget()

    def person(self, user_id: str) -> Person:
        """Return a person.  Raises Refusal user_not_found."""
        if user_id not in self.people:
            raise Refusal("user_not_found")
        return self.people[user_id]

    def team_of(self, user_id: str) -> str:
        """Return the workspace a person belongs to."""
        return self.people[user_id].team or self.team.id if user_id in self.people else self.team.id

    def channel(self, name: str) -> Channel:
        """Return a conversation by id or #name, or the bot's direct messages with a user by the user's id.

        Raises Refusal channel_not_found.
        """
        if name in self.channels:
            return self.channels[name]
        if name in self.people:
            return self.direct(name)
        for channel in self.channels.values():
            if channel.name and channel.name == name.removeprefix("#"):
                return channel
        raise Refusal("channel_not_found")

    def direct(self, user_id: str) -> Channel:
        """Return the direct messages between a person and the bot, opened if need be."""
        name = f"D{self.person(user_id).id[1:]}"
        if (there := self.channels.get(name)) is not None:
            return there  # nothing changed, so no page looks again
        with self.messages.changing():
            return self.channels.setdefault(
                name, Channel(name, "", {user_id, self.app.user_id}, user=user_id)
            )

    def writable(self, name: str) -> Channel:
        """Return a conversation the bot may write to.  Raises Refusal is_archived, or as `readable`."""
        channel = self.channel(name)
        if channel.is_archived:
            raise Refusal("is_archived")
        if self.app.user_id not in channel.members:
            raise Refusal("channel_not_found" if channel.is_private else "not_in_channel")
        return channel

    def readable(self, name: str) -> Channel:
        """Return a conversation the bot may read.  Raises Refusal channel_not_found, not_in_channel."""
        channel = self.channel(name)
        if self.app.user_id not in channel.members:
            raise Refusal("channel_not_found" if channel.is_private else "not_in_channel")
        return channel

    def read(self, args: Json, *, sized: bool = True) -> Content:
        """Return what these arguments want to say, here and now.  Raises Refusal as read_content does."""
        content = read_content(args, sized=sized)
        if wrong := [*self._files_not_there(content), *self._charts_not_known(content)]:
            raise Refusal("invalid_blocks", wrong)
        return content

    def _files_not_there(self, content: Content) -> Iterator[str]:
        for part in ("blocks", "attachments"):
            for name, where in files_in(getattr(content, part), f"/{part}"):
                if not self.files.may_be_shown(name):
                    yield at("invalid slack file", where)

    def _charts_not_known(self, content: Content) -> Iterator[str]:
        for index, block in enumerate(content.blocks):
            if block.get("type") == KIND and not self.has_charts:
                yield at(f"unsupported type: {KIND}", f"/blocks/{index}/type")

    def post(
        self, channel: str, content: Content, *, thread: str = "", seen_by: str = "", broadcast: bool = False
    ) -> Message:
        """Say something as the bot."""
        message = self._new(channel, self.app.user_id, content.text, thread, seen_by)
        message.bot_id, message.app_id, message.broadcast = self.app.bot_id, self.app.id, broadcast
        message.blocks, message.attachments, message.metadata = (
            content.blocks,
            content.attachments,
            content.metadata,
        )
        return self.messages.add(message)

    def say(self, channel: str, user: str, text: str, *, thread: str = "", seen_by: str = "") -> Message:
        """Say something as a person."""
        return self.messages.add(self._new(channel, user, text, thread, seen_by))

    def replace(self, message: Message, content: Content) -> Message:
        """Put other content in a message's place, as replace_original does."""
        return self.edit(
            message, dataclasses.replace(content, has=frozenset({"text", "blocks", "attachments"}))
        )

    def edit(self, message: Message, content: Content) -> Message:
        """Change a message; what was not sent stays as it was, except that text alone takes blocks away.

        Source: Slack's page "chat.update method", on its argument `blocks`.
        """
        with self.messages.changing():
            if "text" in content.has or not content.has:
                message.text = content.text
                if "blocks" not in content.has:
                    message.blocks = []
            for part in ("blocks", "attachments", "metadata"):
                if part in content.has:
                    setattr(message, part, getattr(content, part))
            message.edited_ts = self.names.ts()
        return message

    def deactivate(self, user_id: str) -> None:
        """Let a person have left the company."""
        self.people[user_id] = dataclasses.replace(self.person(user_id), deleted=True)

    def _new(self, channel: str, user: str, text: str, thread: str, seen_by: str) -> Message:
        made = Message(channel, self.names.ts(), user, text, team=self.team_of(user))
        made.thread_ts, made.seen_by = thread, seen_by
        return made
