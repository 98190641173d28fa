"""A socket that is closed while its reader begins: SIGTERM must not wait for ever."""

import threading
import time

from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import ConnectionState

from bot.slack.ending import close

LONG = 5.0  # seconds: a reader that is still there by then was never told


class Session:
    """A session of slack_sdk whose reader is told that it is active only after the close began."""

    session_id = "one"
    sock = None

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.closed = threading.Event()
        self.forgotten = False

    def is_active(self) -> bool:
        self.asked.set()
        self.closed.wait(LONG)
        return True

    def close(self) -> None:
        self.closed.set()

    def run_until_completion(self, state: ConnectionState) -> None:
        until = time.monotonic() + LONG
        while not state.terminated and not self.forgotten:
            self.forgotten = time.monotonic() > until
            time.sleep(0.01)


def test_a_reader_that_begins_while_its_socket_closes_ends_all_the_same() -> None:
    client, session = SocketModeClient("xapp-1"), Session()
    client.current_session = session  # type: ignore[assignment] # all of a Connection that a reader asks
    assert session.asked.wait(LONG)
    close(client)
    assert not session.forgotten
