"""The shortcut "run again": the same line once more, asked by whoever uses it, with their rights.

Source: "Message shortcuts" and "message_actions payload" (Slack); Slack lets it be used on every message.
"""

from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, Respond

from bot.flow.path import Path
from bot.slack import payload
from bot.slack.asking import Asking
from bot.slack.not_stored import said_at_once
from bot.slack.payload import Shortcut
from bot.store import again
from bot.store.closed_door import CannotStore
from bot.words import words

AGAIN = "toban.again"
_NOTHING = words(
    "That message is about nothing that could be run again. Use this on a card of toban's, an answer, or the"
    " message of an alarm or a failure test."
)


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """The listeners of one app's shortcuts."""

    path: Path
    asking: Asking

    def open(self, app: App) -> None:
        """Let the app's deliveries in."""
        app.message_shortcut(AGAIN)(self.on_again)

    def on_again(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        """Run again what the message tells of; what cannot be is said to this person alone."""
        used = payload.shortcut(body)
        failed = self._run(used) if used is not None else None
        ack()
        if used is not None and failed is not None:
            said_at_once(respond, failed, self.asking.voices.speaker(used.where))

    def _run(self, used: Shortcut) -> CannotStore | None:
        """Ask it; what kept it from being stored, or None."""
        try:
            if line := self._line(used):
                self.asking.ask(used.key, used.where, line)
            else:
                self.asking.say(used.key, used.where, _NOTHING)
        except CannotStore as error:
            return error
        return None

    def _line(self, used: Shortcut) -> str:
        """The line that the message is about; what the app said in a thread is about what began it."""
        places = [used.ts, used.where.thread] if used.ours else [used.ts]
        found = (self._line_at(used.where.channel, ts) for ts in places if ts)
        return next(filter(None, found), "")

    def _line_at(self, channel: str, ts: str) -> str:
        return self.path.db.read(lambda tx: again.line_at(tx, channel, ts))
