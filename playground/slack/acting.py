"""What one person can do in the workspace."""

from collections.abc import Mapping
from dataclasses import dataclass

from playground.slack import clicks, comings, commands, forms, talk
from playground.slack.clicks import Place
from playground.slack.message import Message
from playground.slack.office import Office, Outcome


@dataclass(frozen=True, slots=True)
class ActingPerson:
    """A person at work.  Every method blocks until the app acknowledged, or three seconds passed."""

    office: Office
    id: str

    def types(self, channel: str, line: str) -> Outcome:
        """Type a slash command: "/ec2 stop tag:env=dev"."""
        return commands.type_command(self.office, self.id, channel, line)

    def says(self, channel: str, text: str, thread_ts: str = "") -> Outcome:
        """Say something in a channel, a thread, or to the bot directly."""
        return talk.say(self.office, self.id, channel, text, thread_ts)

    def mentions(self, channel: str, text: str, thread_ts: str = "") -> Outcome:
        """Say something to the bot by its name: "ec2 list"."""
        return talk.mention(self.office, self.id, channel, text, thread_ts)

    def clicks(self, place: Place, which: str, value: str = "") -> Outcome:
        """Click the button with this action_id, value or these words, in a message, form or home tab."""
        return clicks.click(self.office, self.id, place, which, value)

    def chooses(self, place: Place, which: str, value: object) -> Outcome:
        """Choose in a menu, by its action_id and the option's value or words."""
        return clicks.choose(self.office, self.id, place, which, value)

    def looks_up(self, place: Place, which: str, query: str) -> Outcome:
        """Type into a menu whose options the app supplies; they are in the outcome's response."""
        return clicks.look_up(self.office, self.id, place, which, query)

    def submits(self, view_id: str, said: Mapping[str, object]) -> Outcome:
        """Send a form: {"block_id/action_id": value}."""
        return forms.submit(self.office, self.id, view_id, said)

    def closes(self, view_id: str) -> Outcome:
        """Close a form without sending it."""
        return forms.close(self.office, self.id, view_id)

    def opens_home(self) -> Outcome:
        """Open the app's home tab."""
        return talk.open_home(self.office, self.id)

    def puts_out(self, channel: str) -> None:
        """Take the bot out of a channel."""
        comings.put_out(self.office, channel)

    def invites(self, channel: str) -> None:
        """Type /invite with the bot's name in a channel."""
        comings.invite(self.office, self.id, channel)

    def archives(self, channel: str) -> None:
        """Archive a channel."""
        comings.archive(self.office, self.id, channel)

    def unarchives(self, channel: str) -> None:
        """Take a channel up again."""
        comings.unarchive(self.office, self.id, channel)

    def uses_shortcut(self, callback_id: str, message: Message | None = None) -> Outcome:
        """Use a shortcut, on a message or from anywhere."""
        return clicks.use_shortcut(self.office, self.id, callback_id, message)
