"""The shortcut "ask again": the same line once more, asked by whoever uses it.

Source: "Message shortcuts" and "message_actions payload" (Slack); Slack lets it be used on every message.
"""

from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App

from bot.arguments import UsageError
from bot.flow import mail
from bot.flow.path import Path
from bot.flow.receive import Declined, receive
from bot.grammar.grammar import HelpWanted
from bot.operation import Asker, Door
from bot.slack import payload
from bot.slack.payload import Shortcut
from bot.slack.voices import Voices
from bot.store import desk, operations
from bot.words import Words, words

AGAIN = "toban.again"


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """The listeners of one app's shortcuts."""

    path: Path
    voices: Voices

    def open(self, app: App) -> None:
        """Let the app's deliveries in."""
        app.message_shortcut(AGAIN)(self.on_again)

    def on_again(self, ack: Ack, body: dict[str, Any]) -> None:
        """Ask again what the message tells of; what cannot be asked is said to this person alone."""
        used = payload.shortcut(body)
        if used is not None and not self.voices.foreign(used.where):
            where = used.where
            language = self.voices.speaker(where).language
            asker = Asker(where.person, where.team, where.channel, where.thread, where.response_url, language)
            if said := self._ask(used, asker):
                self.path.db.write(lambda tx: mail.click(self.path, tx, used.key, asker, said), urgent=True)
                self.path.ring()
        ack()

    def _ask(self, used: Shortcut, asker: Asker) -> Words | None:
        """Why it was not asked; None when it was."""
        line = self._line(used)
        if not line:
            return words("That message is about nothing that could be asked again.")
        try:
            received = receive(self.path, used.key, Door.BUTTON, asker, line)
        except UsageError as error:
            return error.said
        match received:
            case Declined(why=why):
                return why
            case HelpWanted():
                return words("{line} asks for nothing", line=line[:60])
            case _:
                return None

    def _line(self, used: Shortcut) -> str:
        """The line of the operation that a message is about, or ""."""
        number = self.path.db.read(lambda tx: desk.operation_at(tx, used.where.channel, used.ts))
        found = self.path.db.read(lambda tx: operations.get(tx, number)) if number else None
        return found.ask.line if found else ""
