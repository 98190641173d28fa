"""What came of one question, and which error a broken line is."""

import errno
import http.client
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

from bot.probe import LATE, Probe


@dataclass(frozen=True, slots=True)
class Answer:
    """As `Sample` has it, without its times."""

    error: str = ""
    value: float | None = None


WELL = Answer()

_KINDS: Mapping[type[Exception], str] = {
    socket.gaierror: "name",
    TimeoutError: "timeout",
    ssl.SSLEOFError: "reset",
    ssl.SSLZeroReturnError: "reset",
    ssl.SSLError: "tls",
    ConnectionRefusedError: "refused",
    ConnectionError: "reset",  # also RemoteDisconnected: taken, and closed without an answer
    http.client.IncompleteRead: "reset",
    http.client.HTTPException: "content",  # no HTTP
}
"""In this order: the first that fits."""
_OURS = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.EADDRNOTAVAIL})
"""This machine has no connection left to ask with: that says nothing about the one that is asked."""


def broken(error: Exception) -> Answer:
    """What a question came to whose line broke; hosts and networks that cannot be reached are `refused`."""
    if isinstance(error, OSError) and error.errno in _OURS:
        return Answer(LATE)
    return Answer(next((name for kind, name in _KINDS.items() if isinstance(error, kind)), "refused"))


def judged(probe: Probe, value: float) -> Answer:
    """A number, held against what the probe tolerates."""
    if probe.at_least is not None and value < probe.at_least:
        return Answer("low", value)
    return Answer("high" if probe.at_most is not None and value > probe.at_most else "", value)
