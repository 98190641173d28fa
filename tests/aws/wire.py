"""The other end of the line: a server that answers, errs, cuts or hangs, as it is told."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

Parameters = dict[str, str]
Reaction = Callable[[BaseHTTPRequestHandler, Parameters], None]


def answering(body: str, status: int = 200) -> Reaction:
    """Answer with this."""

    def react(handler: BaseHTTPRequestHandler, _: Parameters) -> None:
        content = body.encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "text/xml")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return react


def refusing(code: str, message: str, status: int = 400) -> Reaction:
    """Answer with an error, as EC2 writes it."""
    return answering(
        f"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>"
        "<RequestID>req-1</RequestID></Response>",
        status,
    )


def cutting(handler: BaseHTTPRequestHandler, _: Parameters) -> None:
    """Close the line without an answer."""
    handler.close_connection = True


class Wire:
    """Reacts to each request with the next of `reactions`; the last one stays."""

    def __init__(self) -> None:
        self.reactions: list[Reaction] = []
        self.seen: list[Parameters] = []
        self.hung_up = threading.Event()  # lets go of the requests that hang

    def hanging(self, _: BaseHTTPRequestHandler, __: Parameters) -> None:
        """Say nothing until the test is over."""
        self.hung_up.wait(10)

    def react(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length", 0))
        parameters = dict(parse_qsl(handler.rfile.read(length).decode()))
        self.seen.append(parameters)
        reaction = self.reactions.pop(0) if len(self.reactions) > 1 else self.reactions[0]
        reaction(handler, parameters)


@contextmanager
def serving(wire: Wire) -> Iterator[str]:
    """Serve the wire on the loopback; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            wire.react(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        wire.hung_up.set()
        server.shutdown()
        server.server_close()
        thread.join()
