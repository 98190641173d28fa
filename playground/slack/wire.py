"""What went over the wire, both ways, without the tokens."""

import json
import re
import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime

from playground.slack.clock import Clock
from playground.slack.shapes import Json

KEPT, LONGEST = 2000, 50_000
_TOKEN = re.compile(r"\b(xox[a-z]|xapp)-[\w-]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that travelled.  `way` is "in" (from the app) or "out" (to the app)."""

    at: datetime
    way: str
    kind: str  # web_api, socket, response_url, upload, http
    name: str  # the method, the envelope's type ...
    body: str  # JSON, tokens replaced


class Wire:
    """The last lines, bounded; safe to use from many threads."""

    def __init__(self, clock: Clock, kept: int = KEPT) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._lines: deque[Line] = deque(maxlen=kept)
        self.noted = 0  # how many lines there ever were: a page looks again when this has grown

    def note(self, way: str, kind: str, name: str, body: Json) -> None:
        """Keep one line."""
        said = _TOKEN.sub(r"\1-…", json.dumps(body, ensure_ascii=False, default=str))[:LONGEST]
        with self._lock:
            self._lines.append(Line(self._clock(), way, kind, name, said))
            self.noted += 1

    def forget(self) -> None:
        """Forget every line."""
        with self._lock:
            self._lines.clear()
            self.noted += 1

    def lines(self, name: str = "", way: str = "") -> list[Line]:
        """Return the lines that are left, oldest first; only those of this name and way, if given."""
        with self._lock:
            kept = list(self._lines)
        return [line for line in kept if name in ("", line.name) and way in ("", line.way)]
