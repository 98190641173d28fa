"""The wire: what one process has committed, the others on the same PostgreSQL hear at once (LISTEN, NOTIFY).

One connection of each process, loaded only where there can be others.  Nothing depends on it: who hears
nothing looks a second later.
"""

import logging
import os
import select
import threading
from collections.abc import Callable, Collection

import psycopg
from sqlalchemy.engine import URL

from bot.store import postgresql

CHANNEL = "toban"
QUIET = 30.0  # seconds without a word, after which the line is tried
AGAIN = 1.0  # seconds between two tries to connect
GATHER = 0.02  # seconds: what is rung meanwhile is told together
log = logging.getLogger("toban.wire")
Line = psycopg.Connection[tuple[object, ...]]


class Wire:
    """This process's end of it; any thread may ring."""

    def __init__(self, url: URL, heard: Callable[[Collection[str]], None]) -> None:
        """Ready to start; `heard` is told which topics another process rang: none, when it may be any."""
        self._url, self._heard = url.set(drivername="postgresql"), heard
        self._stopping = threading.Event()
        self._topics: set[str] = set()  # rung here, and not told yet
        self._lock = threading.Lock()
        self._pull, self._push = os.pipe()
        self._thread = threading.Thread(target=self._run, name="wire", daemon=True)

    def start(self) -> None:
        """Connect, however long the server is away."""
        self._thread.start()

    def stop(self) -> None:
        """Hang up, when all is told; may be called twice."""
        with self._lock:
            if self._stopping.is_set():
                return
            self._stopping.set()
            os.write(self._push, b"!")
        if self._thread.ident is not None:
            self._thread.join()
        for end in (self._pull, self._push):
            os.close(end)

    def ring(self, topics: Collection[str]) -> None:
        """Let the other processes hear, soon."""
        with self._lock:
            first = not self._topics
            self._topics.update(topics)
            if first and topics and not self._stopping.is_set():
                os.write(self._push, b"!")

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._hold()
            except (psycopg.Error, OSError) as error:
                log.warning("the wire broke: %s", type(error).__name__, extra={"action": "wire.broken"})
                self._stopping.wait(AGAIN)

    def _hold(self) -> None:
        address = self._url.render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True, **postgresql.OPTIONS["connect_args"]) as line:
            line.execute(f"LISTEN {CHANNEL}")
            self._heard(())  # whatever was told meanwhile
            while not self._stopping.is_set():
                self._turn(line)
            self._tell(line)

    def _turn(self, line: Line) -> None:
        ready, _, _ = select.select([line.fileno(), self._pull], [], [], QUIET)
        if not ready:
            line.execute("select 1")
        if self._pull in ready:
            os.read(self._pull, 64)
            self._stopping.wait(GATHER)
            self._tell(line)
        notes = [note.payload for note in line.notifies(timeout=0) if note.pid != line.info.backend_pid]
        if notes:
            self._heard({topic for note in notes for topic in note.split()})

    def _tell(self, line: Line) -> None:
        with self._lock:
            topics, self._topics = self._topics, set()
        if topics:
            line.execute("select pg_notify(%s, %s)", (CHANNEL, " ".join(sorted(topics))))
