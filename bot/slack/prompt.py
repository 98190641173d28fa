"""A socket of slack_sdk that sends an acknowledgement at once.

Acknowledgements are small.  Without TCP_NODELAY the second of two waits until the other side has confirmed
the first, which it may put off for 40 ms (RFC 896, and the delayed ACK of RFC 1122).
"""

import socket

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk.socket_mode.builtin import SocketModeClient


class Client(SocketModeClient):
    """slack_sdk's client, whose every new connection sends small frames at once."""

    def connect(self) -> None:
        """Connect, or connect anew."""
        super().connect()
        session = self.current_session
        if session is not None and session.sock is not None:
            session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class Handler(SocketModeHandler):
    """Bolt's handler over such a client."""

    def __init__(self, app: App, app_token: str, concurrency: int) -> None:
        """Not connected yet; `concurrency` deliveries are handled at the same time."""
        self.app, self.app_token = app, app_token
        self.client = Client(
            app_token=app_token, logger=app.logger, web_client=app.client, concurrency=concurrency
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]  # as Bolt's
