"""A gate behind the real server on loopback, with a listener that counts what reaches it."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection

from slack_bolt import BoltRequest, BoltResponse

from bot.config.health import Listen
from bot.config.http import PATH
from bot.courtesy import Courtesy
from bot.slack.gate import Gate
from bot.slack.http_server import Server
from playground.slack.signed_http import FORM, signature
from tests.scenarios.whole import free_port

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
COMMAND = b"command=%2Fec2&text=stop+tag%3Aenv%3Dprod&trigger_id=1.2"


@dataclass
class There:
    """The server, and what came through its gate."""

    port: int
    gate: Gate
    server: Server
    reached: list[str] = field(default_factory=list)

    def post(
        self, body: bytes, path: str = PATH, method: str = "POST", **headers: str | bytes
    ) -> tuple[int, str]:
        """One request, and what was answered; `_` in a header's name stands for `-`."""
        asking = HTTPConnection("127.0.0.1", self.port, timeout=10)
        sent = {"Content-Type": FORM} | {name.replace("_", "-"): one for name, one in headers.items()}
        try:
            asking.request(method, path, body, sent)
            answer = asking.getresponse()
            return answer.status, answer.read().decode()
        finally:
            asking.close()

    def signed(self, body: bytes, secret: str = SECRET, **headers: str) -> tuple[int, str]:
        """The same, as Slack sends it."""
        return self.post(body, **{**signature(secret, body), **headers})

    def connection(self) -> socket.socket:
        """A connection, for whoever sends no whole request."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)


Listener = Callable[[BoltRequest], BoltResponse]


@contextmanager
def served(listener: Listener | None = None, threads: int = 4) -> Iterator[There]:
    """The server with its gate open."""
    port = free_port()
    server = Server(Listen("127.0.0.1", port), threads)
    reached: list[str] = []

    def dispatch(request: BoltRequest) -> BoltResponse:
        reached.append(request.raw_body)
        return listener(request) if listener else BoltResponse(status=200, body="taken")

    gate = Gate(dispatch, SECRET, Courtesy())
    gate.is_open.set()
    server.start(gate)
    try:
        yield There(port, gate, server, reached)
    finally:
        server.stop(1.0)


@dataclass
class Held:
    """A listener that takes its time."""

    began: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def __call__(self, request: BoltRequest) -> BoltResponse:
        self.began.set()
        self.go_on.wait(10)
        return BoltResponse(status=200, body="late, and taken")


def until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    """Return when something holds.  Raises TimeoutError."""
    ends = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > ends:
            raise TimeoutError
        time.sleep(0.005)
