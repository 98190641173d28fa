"""Anchors: what the newest seal was at a moment, kept outside the database.

A chain alone cannot show that its end was cut off or that an older copy of the file was put back.
An anchor can: a log that does not reach it, or reaches it with another hash, is not the log it was.
Each goes to a file that is only ever appended to, and to the logger `toban.audit`, so that a log
shipper holds it on another machine.
"""

import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.audit.chain import Seal

EVERY = timedelta(minutes=1)
"""At most one anchor in this time."""

_log = logging.getLogger("toban.audit")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The newest seal at one moment."""

    number: int
    hash: str
    at: str  # ISO 8601 in UTC, for people


def parse(lines: Iterable[str]) -> Iterator[Anchor]:
    """The anchors in these lines; a line cut short by a crash, or of something else, is passed over."""
    for line in lines:
        try:
            found = json.loads(line)
        except ValueError:
            continue
        match found:
            case {"number": int(number), "hash": str(hash_), "at": str(at)}:
                yield Anchor(number, hash_, at)


class Anchors:
    """The anchor file, and when it was last written to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: tuple[int, datetime] | None = None

    def read(self) -> tuple[Anchor, ...]:
        """Every anchor in the order it was written."""
        if not self._path.exists():
            return ()
        with self._path.open(encoding="utf-8", errors="replace") as file:
            return tuple(parse(file))

    def keep(self, seal: Seal | None, at: datetime, *, now: bool = False) -> bool:
        """Write an anchor when there is something new and the last one is a minute old, or `now`.

        To be called after the seals are committed.  Returns whether one was written.
        """
        if seal is None or not (now or self._due(at)) or self._known(seal):
            return False
        anchor = Anchor(seal.number, seal.hash, at.isoformat(timespec="seconds"))
        _append(self._path, json.dumps({"number": anchor.number, "hash": anchor.hash, "at": anchor.at}))
        self._last = (seal.number, at)
        _log.info(
            "the audit log is sealed up to %s: %s",
            anchor.number,
            anchor.hash,
            extra={"action": "audit-anchor", "number": anchor.number, "hash": anchor.hash, "at": anchor.at},
        )
        return True

    def _due(self, at: datetime) -> bool:
        return self._last is None or at - self._last[1] >= EVERY

    def _known(self, seal: Seal) -> bool:
        return self._last is not None and self._last[0] == seal.number


def _append(path: Path, line: str) -> None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "rb+", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        torn = size and os.pread(file.fileno(), 1, size - 1) != b"\n"
        file.write((b"\n" if torn else b"") + line.encode() + b"\n")
        os.fsync(file.fileno())
