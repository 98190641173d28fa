"""One of the sockets, whichever client of slack_sdk carries it: one that went deaf is replaced as a whole.

As a whole, with threads of its own: which part of the old one is stuck nobody knows, and slack_sdk's own
way to come back waits for the reader that it replaces.
"""

import logging
import threading
from collections.abc import Callable

from slack_sdk.errors import SlackClientError

from bot.slack.bearer import why
from bot.slack.ending import close
from bot.slack.hearing import Heard, Hearing
from bot.slack.prompt import Handler

log = logging.getLogger("toban.slack")


class Line:
    """Where deliveries come in."""

    def __init__(self, make: Callable[[], Handler], silence: float) -> None:
        """Not connected yet; after `silence` seconds in which nothing came in it counts as deaf."""
        self._make, self._silence = make, silence
        self._handler = make()
        self._hearing = Hearing(self._handler.client, silence)

    def connect(self) -> None:
        """Connect for the first time.  Raises SlackClientError or OSError."""
        self._handler.client.connect()

    def look(self) -> Heard:
        """How it stands."""
        return self._hearing.look()

    def mend(self) -> None:
        """Have another client carry it, if this one is deaf; the next look tries again when Slack is away."""
        heard = self.look()
        if not heard.deaf:
            return
        note = {"action": "slack.deaf", "silent": round(heard.silent)}
        log.warning("a socket heard nothing for %d s and is replaced", heard.silent, extra=note)
        fresh = self._make()
        if self._connects(fresh):
            old, self._handler = self._handler, fresh
            self._hearing = Hearing(fresh.client, self._silence)
            log.info("a socket was replaced", extra={"action": "slack.replaced"})
        else:
            old = fresh
        # beside us: a client that is stuck may never come to its end
        threading.Thread(target=close, args=(old.client,), name="deaf socket", daemon=True).start()

    def take_nothing_new(self) -> None:
        """It does not come back any more when it is closed."""
        self._handler.client.auto_reconnect_enabled = False

    def close(self) -> None:
        """For good."""
        close(self._handler.client)

    def _connects(self, handler: Handler) -> bool:
        try:
            handler.client.connect()
        except (SlackClientError, OSError) as error:
            note = {"action": "slack.away"}
            log.warning("Slack does not answer, or refuses (%s); trying again", why(error), extra=note)
            return False
        return handler.client.is_connected()
