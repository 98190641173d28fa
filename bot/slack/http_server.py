"""The server that Slack's requests come to: waitress, in threads of this process.

One thread reads all requests and hands a whole one to a worker, so a client that is slow holds none of them.
Behind it stands a proxy that ends TLS; its answers are believed in nothing, and nothing is asked of it.
"""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server
from waitress.task import WSGITask
from waitress.wasyncore import close_all, dispatcher, loop

from bot.config.health import Listen
from bot.slack.gate import CAME

App = Callable[[Any, Any], Iterable[bytes]]
LARGEST = 1024 * 1024  # bytes of a request's body: a form or a message of Slack's, percent-encoded, has less
HEADERS = 32 * 1024  # bytes
CONNECTIONS = 200  # a proxy has some tens
IDLE = 75  # seconds: longer than a load balancer keeps a connection (60), which it else finds closed
WHOLE_WITHIN = 10.0  # seconds for a request to be whole
LOOK_EVERY = 0.01  # seconds between two looks whether all is said, at the end


class Request(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """A request that knows when it began to come and when it was whole."""

    def __init__(self, adj: Any) -> None:
        super().__init__(adj)
        self.began = self.came = time.monotonic()

    def received(self, data: bytes) -> int:
        """Some more of it came."""
        taken: int = super().received(data)
        self.came = time.monotonic()
        return taken


class Task(WSGITask):  # type: ignore[misc]  # as above
    """Tells the application when its request came."""

    def get_environment(self) -> dict[str, Any]:
        """The same, and CAME."""
        return {**super().get_environment(), CAME: self.request.came}


class Channel(HTTPChannel):  # type: ignore[misc]  # as above
    """A connection that knows when a request takes too long to become whole, and is then closed."""

    parser_class = Request
    task_class = Task

    def is_slow(self) -> bool:
        """Whether it had its time."""
        return self.request is not None and time.monotonic() - self.request.began > WHOLE_WITHIN

    def is_busy(self) -> bool:
        """Whether something is in hand, or still to be said."""
        return bool(self.requests or self.request is not None or self.total_outbufs_len)


class Server:
    """Bound when it is made; who connects before it serves waits."""

    def __init__(self, listen: Listen, threads: int) -> None:
        """Raises OSError when the address cannot be had."""
        family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((listen.host, listen.port))
        except OSError:
            self._socket.close()
            raise
        self._threads = threads
        self._open: dict[int, Any] = {}  # waitress's map of all that is open
        self._serving: Any = None
        self._thread: threading.Thread | None = None
        self._ending = threading.Event()

    def start(self, app: App) -> None:
        """Serve, until `stop`."""
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of two clicks at once
        self._serving = create_server(
            app,
            map=self._open,
            sockets=[self._socket],
            threads=self._threads,
            ident="toban",
            max_request_body_size=LARGEST,
            inbuf_overflow=2 * LARGEST,  # never to a disk, which may be read-only, or full
            max_request_header_size=HEADERS,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE,
            cleanup_interval=5,
            clear_untrusted_proxy_headers=True,
        )
        self._serving.channel_class = Channel
        self._thread = threading.Thread(target=self._serve, name="http", daemon=True)
        self._thread.start()

    def is_serving(self) -> bool:
        """Whether its thread lives."""
        return self._thread is not None and self._thread.is_alive()

    def take_nothing_new(self) -> None:
        """Nobody can connect any more; what is connected is answered."""
        if self._thread is not None:
            self._serving.trigger.pull_trigger(lambda: dispatcher.close(self._serving))

    def stop(self, within: float) -> None:
        """Let what is in hand be answered, for so many seconds at most, and close."""
        if self._thread is None:
            self._socket.close()
            return
        if not self._thread.is_alive():
            return
        ends = time.monotonic() + within
        while self._is_busy() and time.monotonic() < ends:
            time.sleep(LOOK_EVERY)
        self._ending.set()
        self._serving.pull_trigger()
        self._thread.join()
        close_all(self._open)
        self._serving.task_dispatcher.shutdown(timeout=within)

    def _serve(self) -> None:
        look = 0.0
        while not self._ending.is_set():
            loop(timeout=1.0, use_poll=True, map=self._open, count=1)
            if time.monotonic() >= look:
                look = time.monotonic() + 1.0
                for one in [each for each in self._serving.active_channels.values() if each.is_slow()]:
                    one.will_close = True

    def _is_busy(self) -> bool:
        return any(one.is_busy() for one in list(self._serving.active_channels.values()))
