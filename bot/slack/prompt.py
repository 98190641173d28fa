"""A socket of slack_sdk that sends an acknowledgement at once, and counts what comes in by it.

Acknowledgements are small.  Without TCP_NODELAY the second of two waits until the other side has confirmed
the first, which it may put off for 40 ms (RFC 896, and the delayed ACK of RFC 1122).
"""

import socket
import time
from collections.abc import Callable
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection

Took = Callable[[float], None]
"""Hears how many seconds a delivery took, from its arrival to its acknowledgement."""


class Arrived(str):  # a queue of slack_sdk's holds strings, and reads them as such
    """A message as it came, and when, by `time.monotonic`."""

    __slots__ = ("at",)
    at: float


class Client(SocketModeClient):
    """slack_sdk's client, whose every new connection sends small frames at once.

    `came` counts messages and Slack's pings; answers to our own pings stand at the session.
    """

    came = 0
    took: Took | None = None

    def connect(self) -> None:
        """Connect, or connect anew; a client that was closed meanwhile lets go again.

        Slack would give its share of deliveries to a connection that nobody reads.
        """
        super().connect()
        session = self.current_session
        if session is None:
            return
        if session.sock is not None:
            session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        session.pong = self._pinged(session)  # type: ignore[assignment, method-assign]  # it tells of a ping no other way
        if self.closed:
            session.close()

    def enqueue_message(self, message: str) -> None:
        """A message came: it waits for a thread, with the time at which it came."""
        self.came += 1
        arrived = Arrived(message)
        arrived.at = time.monotonic()
        super().enqueue_message(arrived)

    def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """Handle a message; what had to be acknowledged is so afterwards."""
        super().run_message_listeners(message, raw_message)
        if self.took is not None and isinstance(raw_message, Arrived) and "envelope_id" in message:
            self.took(time.monotonic() - raw_message.at)

    def _pinged(self, session: Connection) -> Callable[[str | bytes], None]:
        answer = session.pong

        def pong(payload: str | bytes = "") -> None:
            self.came += 1
            answer(payload)

        return pong


class Handler(SocketModeHandler):
    """Bolt's handler over such a client."""

    client: Client

    def __init__(self, app: App, app_token: str, concurrency: int, ping_every: float) -> None:
        """Not connected yet; `concurrency` deliveries are handled at the same time; Slack is pinged so often.

        `ping_every` is in seconds.
        """
        self.app, self.app_token = app, app_token
        self.client = Client(
            app_token=app_token,
            logger=app.logger,
            web_client=app.client,
            concurrency=concurrency,
            ping_interval=ping_every,
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]  # as Bolt's
