"""The other end of Socket Mode: up to ten connections, each envelope to one of them.

Source: Slack's page "Using Socket Mode".
"""

import asyncio
import itertools
import json
import secrets
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from playground.slack.delivery import DISPATCH_FAILED, OPERATION_TIMEOUT, Answer, Envelope
from playground.slack.lines import Lines
from playground.slack.shapes import Json, as_object
from playground.slack.wire import Wire

CONNECTIONS = 10


@dataclass(eq=False, slots=True)
class _Line:
    socket: WebSocket
    loop: asyncio.AbstractEventLoop
    retired: bool = False  # was asked to reconnect, gets nothing more
    silent: bool = False  # looks open and says nothing


class SocketMode:
    """The open connections of the app; `deaf` lets envelopes vanish while the sockets look healthy.

    A connection that fell silent by `hush` does not even answer a ping.
    """

    def __init__(self, app_id: str, wire: Wire, http: Lines) -> None:
        self.deaf = False
        self._app_id, self._wire, self._http = app_id, wire, http
        self._lock = threading.Condition()
        self._tickets: set[str] = set()
        self._lines: list[_Line] = []
        self._turns = itertools.count()
        self._waiting: dict[str, Future[Json | None]] = {}

    def ticket(self) -> str:
        """Return a ticket that opens one connection."""
        ticket = secrets.token_urlsafe(24)
        with self._lock:
            self._tickets.add(ticket)
        return ticket

    @property
    def connections(self) -> int:
        """How many connections are open and get envelopes."""
        with self._lock:
            return len(self._open())

    def wait_for_connections(self, count: int, timeout: float) -> None:
        """Return when at least `count` are open.  Raises TimeoutError after timeout seconds."""
        with self._lock:
            if not self._lock.wait_for(lambda: len(self._open()) >= count, timeout):
                raise TimeoutError(f"{len(self._open())} of {count} connections after {timeout} s")

    async def endpoint(self, socket: WebSocket) -> None:
        """Serve one connection until it closes."""
        if not self._admit(socket.query_params.get("ticket", "")):
            await socket.close()
            return
        await socket.accept()
        line = _Line(socket, asyncio.get_running_loop())
        await self._say(line, self._hello(self.connections + 1))
        with self._lock:
            self._lines.append(line)
            self._lock.notify_all()
        try:
            while True:
                self._heard(json.loads(await socket.receive_text()))
        except WebSocketDisconnect:
            pass
        finally:
            with self._lock:
                self._lines.remove(line)

    def deliver(self, envelope: Envelope, patience: float) -> Answer:
        """Send an envelope to one connection, in turn, and wait for its acknowledgement."""
        started = time.monotonic()
        line = self._next_line()
        if line is None:
            return Answer(acked=False, seconds=0.0, why=DISPATCH_FAILED)
        waiting: Future[Json | None] = Future()
        self._waiting[envelope.id] = waiting
        if not self.deaf:
            asyncio.run_coroutine_threadsafe(self._say(line, envelope.as_slack()), line.loop)
        try:
            payload = waiting.result(patience)
        except TimeoutError:
            return Answer(acked=False, seconds=time.monotonic() - started, why=OPERATION_TIMEOUT)
        finally:
            self._waiting.pop(envelope.id, None)
        return Answer(acked=True, seconds=time.monotonic() - started, payload=payload)

    def warn(self) -> None:
        """Tell every connection that it will be closed soon, and go on using it."""
        self._tell_all({"type": "disconnect", "reason": "warning", "debug_info": {"host": "local"}})

    def refresh(self, count: int = CONNECTIONS) -> None:
        """Ask so many connections to come back anew; they get nothing more, and are closed."""
        body: Json = {"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "local"}}
        self._tell_all(body, count)
        self.close(count)

    def close(self, count: int = CONNECTIONS) -> None:
        """Close so many connections politely, the oldest first."""
        with self._lock:
            lines = self._lines[:count]
        for line in lines:
            line.retired = True
            asyncio.run_coroutine_threadsafe(_close(line), line.loop)

    def drop(self, count: int = CONNECTIONS) -> None:
        """Break so many connections off without a word, as a failing network does."""
        with self._lock:
            lines = self._lines[:count]
        for line in lines:
            line.retired = True
            if line.socket.client is not None:
                line.loop.call_soon_threadsafe(self._http.break_off, tuple(line.socket.client))

    def hush(self, count: int = CONNECTIONS) -> None:
        """Let so many of the open connections stay open and say nothing more, not even a pong.

        Slack still counts on them: an envelope that is such a connection's turn is lost.
        """
        with self._lock:
            lines = [line for line in self._open() if not line.silent][:count]
        for line in lines:
            line.silent = True
            if line.socket.client is not None:
                line.loop.call_soon_threadsafe(self._http.hush, tuple(line.socket.client))

    def _admit(self, ticket: str) -> bool:
        with self._lock:
            known = ticket in self._tickets
            self._tickets.discard(ticket)
            return known and len(self._lines) < CONNECTIONS

    def _open(self) -> list[_Line]:
        return [line for line in self._lines if not line.retired]

    def _next_line(self) -> _Line | None:
        with self._lock:
            lines = self._open()
            return lines[next(self._turns) % len(lines)] if lines else None

    def _hello(self, count: int) -> Json:
        debug = {"host": "local", "build_number": 1, "approximate_connection_time": 18060}
        info = {"app_id": self._app_id}
        return {"type": "hello", "num_connections": count, "debug_info": debug, "connection_info": info}

    async def _say(self, line: _Line, body: Json) -> None:
        self._wire.note("out", "socket", str(body["type"]), body)
        if line.socket.application_state is WebSocketState.CONNECTED and not line.silent:
            await line.socket.send_text(json.dumps(body, ensure_ascii=False))

    def _heard(self, body: object) -> None:
        said = as_object(body)
        self._wire.note("in", "socket", "ack", said)
        waiting = self._waiting.get(str(said.get("envelope_id")))
        if waiting is not None and not waiting.done():
            payload = said.get("payload")
            waiting.set_result(payload if isinstance(payload, dict) else None)

    def _tell_all(self, body: Json, count: int = CONNECTIONS) -> None:
        with self._lock:
            lines = self._open()[:count]
        for line in lines:
            asyncio.run_coroutine_threadsafe(self._say(line, body), line.loop)


async def _close(line: _Line) -> None:
    if line.socket.application_state is WebSocketState.CONNECTED:
        await line.socket.close()
