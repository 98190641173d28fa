"""Whether a socket still hears: by what comes in, never by what it says of itself.

A socket may look connected, and take what is written to it, when nothing comes in any more: the line behind
it is gone, or nobody reads the new session after slack_sdk's own coming back (bolt-python, issue 1529).
slack_sdk pings Slack, so that on a healthy socket something comes in every few seconds, however quiet people
are.  Its own rule counts from the last answer to a ping, and so waits for ever where there was none.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.slack.prompt import Client

SILENCE = 30.0  # seconds: a little after slack_sdk's own 20 to 26, which mend most of it


@dataclass(frozen=True, slots=True)
class Heard:
    """How one socket stands."""

    connected: bool
    silent: float  # seconds since anything came in

    def is_deaf(self, silence: float = SILENCE) -> bool:
        """Whether it looks connected and hears nothing."""
        return self.connected and self.silent > silence


class Hearing:
    """Looks at one client from outside, again and again: what has changed since the last look came in."""

    def __init__(self, client: Client, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` is in seconds; it need not be of any epoch."""
        self._client, self._clock = client, clock
        self._signs: tuple[object, ...] = ()
        self._at = clock()

    def look(self) -> Heard:
        """How it stands now; a new session has its time to hear something, too."""
        session, now = self._client.current_session, self._clock()
        signs = (session and session.session_id, session and session.last_ping_pong_time, self._client.came)
        if signs != self._signs:
            self._signs, self._at = signs, now
        return Heard(self._client.is_connected(), now - self._at)
