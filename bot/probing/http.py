"""One GET as a user makes it: the name looked up, a new connection, no redirect followed, no proxy.

What is said is written here, what is answered is read by `http.client`; every part of it within one time.
"""

import http.client
import io
import socket
import ssl
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from urllib.parse import urlsplit

from bot.probe import Probe
from bot.probing.answer import WELL, Answer, broken
from bot.probing.line import Deadline, connect
from bot.probing.names import Names

LARGEST = 64 * 1024  # bytes of a body that are looked through
_PIECE = 8 * 1024


@dataclass(frozen=True, slots=True)
class _Question:
    """An URL, taken apart."""

    host: str
    port: int
    secure: bool
    said: bytes


class _Answered(io.RawIOBase):
    """What comes over a connection, until the time is over; as http.client reads it."""

    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        self._line = line
        self._deadline = deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self, _PIECE)

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]  # BufferedReader's own
        self._line.settimeout(self._deadline.left())
        return self._line.recv_into(into)


def ask(probe: Probe, names: Names, tls: ssl.SSLContext | None) -> Answer:
    """Ask once; whatever happens is an answer.  `tls` says whom to trust, for an URL of https."""
    deadline = Deadline(probe.timeout.total_seconds())
    question = _question(probe.at)
    try:
        with _connected(question, names, tls, deadline) as line:
            line.settimeout(deadline.left())
            line.sendall(question.said)
            with _read(line, deadline) as answer:
                return _judged(probe, answer)
    except (OSError, http.client.HTTPException) as error:
        return broken(error)


def _connected(
    question: _Question, names: Names, tls: ssl.SSLContext | None, deadline: Deadline
) -> socket.socket:
    line = connect(question.host, question.port, names, deadline)
    if not question.secure or tls is None:
        return line
    try:
        line.settimeout(deadline.left())
    except TimeoutError:
        line.close()
        raise
    return tls.wrap_socket(line, server_hostname=question.host)  # which closes it when it fails


def _read(line: socket.socket, deadline: Deadline) -> http.client.HTTPResponse:
    answer = http.client.HTTPResponse(cast("socket.socket", _Answered(line, deadline)), method="GET")
    answer.begin()
    return answer


def _judged(probe: Probe, answer: http.client.HTTPResponse) -> Answer:
    if answer.status != probe.status:
        return Answer(str(answer.status))
    return WELL if not probe.contains or _contains(answer, probe.contains) else Answer("content")


def _contains(answer: http.client.HTTPResponse, text: str) -> bool:
    """Whether a text stands in the body's beginning, in the character set that the answer names."""
    try:
        wanted = text.encode(answer.headers.get_content_charset("utf-8"), "replace")
    except LookupError:
        wanted = text.encode()
    read = b""
    while len(read) < LARGEST and (piece := answer.read1(_PIECE)):
        read += piece
        if wanted in read:
            return True
    return False


@lru_cache(256)
def _question(url: str) -> _Question:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    said = (
        f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nUser-Agent: toban\r\n"
        "Accept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"
    )
    return _Question(
        parts.hostname or "", parts.port or (443 if secure else 80), secure, said.encode("ascii")
    )
