"""The pages over HTTP, by the standard library: two of them, for a monitor on this machine.

They need no secret and hold none; still nothing listens unless the config says where.
"""

import logging
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any

log = logging.getLogger("toban.health")
PATIENCE = 5.0  # seconds for a caller to say what it wants
ENDS_WITHIN = 0.25  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """A page."""

    status: int
    content_type: str
    page: str


Find = Callable[[str], Answer | None]
"""What stands at a path; None: nothing."""


class Server(ThreadingHTTPServer):
    """Bound when it is made; who asks before it serves waits."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, host: str, port: int) -> None:
        """Raises OSError when the address cannot be had."""
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.find: Find = lambda _path: None
        self._serving: threading.Thread | None = None
        super().__init__((host, port), _Handler)

    def start(self, find: Find) -> None:
        """Serve what is found, until `stop`."""
        self.find = find
        self._serving = threading.Thread(
            target=self.serve_forever, args=(ENDS_WITHIN,), name="health", daemon=True
        )
        self._serving.start()

    def stop(self) -> None:
        """Serve nobody any more."""
        if self._serving is not None:
            self.shutdown()
            self._serving.join()
        self.server_close()

    def server_bind(self) -> None:
        """Bind; the base class would ask a name server for this machine's name."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the base class's
        """The edge of a thread: a caller that goes away in the middle is none of our mistakes."""
        log.debug("a caller was not answered", exc_info=True, extra={"action": "health.unanswered"})


class _Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = PATIENCE
    server_version = "toban"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """Answer without the page."""
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        try:
            found = self.server.find(self.path.partition("?")[0])
        except Exception:  # the edge of a request: who looks must see that something is wrong
            log.exception("a page failed", extra={"action": "health.failed"})
            found = Answer(500, "text/plain", "toban made a mistake here; its log tells more\n")
        found = found or Answer(404, "text/plain", "there are /healthz and /metrics\n")
        content = found.page.encode()
        self.send_response(found.status)
        self.send_header("Content-Type", found.content_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if body:
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """A monitor asks all day long."""
