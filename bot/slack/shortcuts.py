"""The shortcut "ask again": the same line once more, asked by whoever uses it.

Source: "Message shortcuts" and "message_actions payload" (Slack); Slack lets it be used on every message.
"""

from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App

from bot.flow.path import Path
from bot.slack import payload
from bot.slack.asking import Asking
from bot.slack.payload import Shortcut
from bot.store import desk, operations
from bot.words import words

AGAIN = "toban.again"
_NOTHING = words("That message is about nothing that could be asked again.")


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """The listeners of one app's shortcuts."""

    path: Path
    asking: Asking

    def open(self, app: App) -> None:
        """Let the app's deliveries in."""
        app.message_shortcut(AGAIN)(self.on_again)

    def on_again(self, ack: Ack, body: dict[str, Any]) -> None:
        """Ask again what the message tells of; what cannot be asked is said to this person alone."""
        used = payload.shortcut(body)
        if used is not None:
            line = self._line(used)
            if line:
                self.asking.ask(used.key, used.where, line)
            else:
                self.asking.say(used.key, used.where, _NOTHING)
        ack()

    def _line(self, used: Shortcut) -> str:
        """The line of the operation that a message is about, or ""."""
        number = self.path.db.read(lambda tx: desk.operation_at(tx, used.where.channel, used.ts))
        found = self.path.db.read(lambda tx: operations.get(tx, number)) if number else None
        return found.ask.line if found else ""
