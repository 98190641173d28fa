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


@dataclass(frozen=True, slots=True)
class Watch:
    """How closely it is watched, in seconds; a minute after a socket went deaf another one hears."""

    ping_every: float = 5.0  # slack_sdk gives a session up by itself when nothing answered four of them
    silence: float = 30.0  # then it is deaf: a little after those four, which mend most of it
    look_every: float = 5.0


@dataclass(frozen=True, slots=True)
class Heard:
    """How one socket stands."""

    connected: bool
    deaf: bool  # it looks connected, and nothing comes in
    silent: float  # seconds since anything came in


class Hearing:
    """Looks at one client from outside, again and again: what has changed since the last look came in."""

    def __init__(self, client: Client, silence: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Deaf after `silence` seconds; `clock` is in seconds, too, and need not be of any epoch."""
        self._client, self._silence, self._clock = client, silence, clock
        self._signs: tuple[object, ...] = ()
        self._at = clock()

    def look(self) -> Heard:
        """How it stands now; a new session has its time to hear something, too."""
        session, now = self._client.current_session, self._clock()
        signs = (session and session.session_id, session and session.last_ping_pong_time, self._client.came)
        if signs != self._signs:
            self._signs, self._at = signs, now
        connected, silent = self._client.is_connected(), now - self._at
        return Heard(connected, connected and silent > self._silence, silent)
