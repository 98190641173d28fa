"""Closing one socket of slack_sdk for good, and soon.

slack_sdk marks the session as over and then joins its reader.  A reader that begins at that very moment
takes the mark away again and never ends, and whoever sent SIGTERM waits for ever.  Readers that have begun
sit in reads of up to three seconds, which nobody needs to wait for either.
"""

import socket
from contextlib import suppress

from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState


class Over(ConnectionState):
    """The state of a session that is over, whatever is written to it."""

    def __init__(self) -> None:
        """It is over."""
        self.terminated = True

    def __setattr__(self, name: str, _value: object) -> None:
        """It stays so."""
        super().__setattr__(name, True)


def close(client: SocketModeClient) -> None:
    """Take nothing new, and return when nobody reads any more."""
    client.auto_reconnect_enabled = False
    client.closed = True
    before, client.current_session_state = client.current_session_state, Over()
    before.terminated = True  # of a reader that took its state just now
    client.message_queue.put(None)  # wakes whoever waits for a message; None is none
    _wake(client.current_session)
    client.close()


def _wake(session: Connection | None) -> None:
    """Let the reader's last read return now; what is still to be sent can be."""
    if session is not None and session.sock is not None:
        with suppress(OSError):  # the other side was faster
            socket.socket.shutdown(session.sock, socket.SHUT_RD)  # of TCP: TLS would write on in the clear
