"""Buttons beside an answer: each asks the line it offers.

Source: "block_actions payload" (Slack).
"""

import logging
import re
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, Respond

from bot.slack import payload
from bot.slack.asking import Asking
from bot.slack.not_stored import said_at_once
from bot.store.closed_door import CannotStore
from bot.views.offers import ACTION

log = logging.getLogger("toban.slack")
ANY = re.compile(re.escape(ACTION) + r"\d+")


@dataclass(frozen=True, slots=True)
class Offers:
    """The listener of one app's offers."""

    asking: Asking

    def open(self, app: App) -> None:
        """Let the app's deliveries in."""
        app.action(ANY)(self.on_offer)

    def on_offer(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        """Ask the button's line; a second delivery of the same click asks nothing."""
        taken = payload.offer(body)
        if taken is None:
            log.warning("a click that cannot be read", extra={"action": "slack.unread-click"})
            ack()
            return
        try:
            self.asking.ask(taken.key, taken.where, taken.text)
            ack()
        except CannotStore as error:
            ack()
            said_at_once(respond, error, self.asking.voices.speaker(taken.where))
