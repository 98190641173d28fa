"""A server on loopback that does with each connection what the test says."""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

from bot.probe import Kind, Probe

Does = Callable[[socket.socket, bytes], None]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nall's ok"


@dataclass
class Web:
    """Where it is, and the heads of all requests so far."""

    port: int
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"


@contextmanager
def web(does: Does, tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """Takes connections one after the other, each with a thread of its own, until the `with` ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made = Web(listener.getsockname()[1])
        threads: list[threading.Thread] = []

        def serve() -> None:
            while True:
                try:
                    taken, _ = listener.accept()
                except OSError:
                    return
                threads.append(threading.Thread(target=answer, args=(taken,), daemon=True))
                threads[-1].start()

        def answer(taken: socket.socket) -> None:
            with suppress(OSError), taken, tls.wrap_socket(taken, server_side=True) if tls else taken as line:
                head = line.recv(65536)
                made.asked.append(head.decode(errors="replace"))
                does(line, head)

        accepting = threading.Thread(target=serve)
        accepting.start()
        try:
            yield made
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for each in threads:
                each.join(5)


def says(answer: bytes) -> Does:
    """Answers so."""
    return lambda line, _head: line.sendall(answer)


def resets(line: socket.socket, _head: bytes) -> None:
    """Ends the connection with a reset."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


def unused_port() -> int:
    """One that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def asks(url: str, **more: object) -> Probe:
    """A probe of an URL with a short patience."""
    given = {"timeout": timedelta(seconds=0.5), **more}
    return Probe("shop", Kind.HTTP, url, **given)  # type: ignore[arg-type]
