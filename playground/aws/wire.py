"""HTTP on 127.0.0.1: keep-alive, a thread a connection, and a connection can be cut on purpose."""

import socket
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

from playground.aws.answer import Answer, Cut
from playground.aws.call import Request

Answering = Callable[[Request], Answer | Cut]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet an answer
    disable_nagle_algorithm = True
    server: "_Server"

    def _answer(self) -> None:
        result = self.server.answering(self._request())
        if isinstance(result, Cut):
            self.close_connection = True
            return
        self.send_response_only(result.status)
        for name, value in result.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(result.body)))
        self.end_headers()
        self.wfile.write(result.body)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = _answer  # noqa: N815 - http.server's names

    def do_HEAD(self) -> None:
        self.send_error(501)

    def _request(self) -> Request:
        headers = {name.lower(): value for name, value in self.headers.items()}
        length = int(headers.get("content-length", 0))
        body = self.rfile.read(length)
        if len(body) < length:
            raise ConnectionError("who asks died in the middle of it")  # AWS has never seen such a request
        return Request(self.command, self.path, headers, body)

    def handle(self) -> None:
        with suppress(ConnectionError):  # clients leave when they like
            super().handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing: the log of calls knows it all."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, answering: Answering) -> None:
        self.answering = answering
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: "socket.socket | tuple[bytes, socket.socket]", client: object) -> None:
        with self._lock:
            self._open.add(request)  # type: ignore[arg-type] # a TCP server hands out sockets only
        super().process_request(request, client)

    def shutdown_request(self, request: "socket.socket | tuple[bytes, socket.socket]") -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        with self._lock:
            still = list(self._open)
        for one in still:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class Wire:
    """An HTTP server in a thread; port 0 is any free one."""

    def __init__(self, answering: Answering, port: int = 0) -> None:
        self._server = _Server(port, answering)
        self._thread = Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="local-aws", daemon=True
        )

    @property
    def url(self) -> str:
        """Return where it listens: http://127.0.0.1:<port>."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Hang up on everybody and free the port."""
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()
