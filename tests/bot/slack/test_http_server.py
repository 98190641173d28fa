"""The server that Slack's requests come to: slow clients hold nobody up, and its end loses nothing."""

import socket
import subprocess
import sys
import threading

import pytest

from bot.config.health import Listen
from bot.slack import http_server
from bot.slack.http_server import Server
from tests.bot.slack.by_http import COMMAND, Held, served, until

HALF = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx"


def test_clients_that_never_finish_hold_no_thread() -> None:
    with served(threads=2) as there:
        slow = [there.connection() for _ in range(20)]
        for line in slow:
            line.sendall(HALF)
        assert there.signed(COMMAND) == (200, "taken")
        for line in slow:
            line.close()


def test_a_request_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "WHOLE_WITHIN", 0.05)
    with served() as there, there.connection() as line:
        line.sendall(HALF)

        def is_over() -> bool:
            try:
                line.sendall(b"x")
                line.setblocking(False)
                return line.recv(1) == b""
            except BlockingIOError:
                return False
            except OSError:
                return True
            finally:
                line.setblocking(True)

        until(is_over)
        assert there.reached == []


def test_a_request_that_stops_half_way_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "WHOLE_WITHIN", 0.05)
    with served() as there, there.connection() as line:
        line.sendall(HALF)
        assert line.recv(1) == b""
        assert there.signed(COMMAND) == (200, "taken")


def test_at_its_end_what_is_in_hand_is_acknowledged_and_nobody_new_comes_in() -> None:
    held = Held()
    with served(held) as there:
        answers: list[tuple[int, str]] = []
        asking = threading.Thread(target=lambda: answers.append(there.signed(COMMAND)))
        asking.start()
        assert held.began.wait(10)
        there.server.take_nothing_new()
        until(lambda: is_refused(there.port))
        stopping = threading.Thread(target=there.server.stop, args=(10.0,))
        stopping.start()
        stopping.join(0.3)
        assert stopping.is_alive()
        held.go_on.set()
        asking.join()
        stopping.join()
    assert answers == [(200, "late, and taken")]


def test_who_hangs_is_not_waited_for_longer_than_is_said() -> None:
    with served() as there, there.connection() as line:
        line.sendall(HALF)
        until(lambda: len(there.server._serving.active_channels) == 1)
        there.server.take_nothing_new()
        there.server.stop(0.2)
        assert line.recv(1) == b""


def test_a_port_that_is_taken_is_said_when_it_is_made() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(OSError, match="in use"):
            Server(Listen("127.0.0.1", other.getsockname()[1]), 1)


def test_one_that_never_served_can_be_stopped() -> None:
    server = Server(Listen("127.0.0.1", 0), 1)
    server.take_nothing_new()
    server.stop(1.0)


def test_who_has_sockets_does_not_load_it() -> None:
    look = "import sys, bot.wiring; print([one for one in sys.modules if one.startswith('waitress')])"
    told = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def is_refused(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionRefusedError:
        return True
    return False
