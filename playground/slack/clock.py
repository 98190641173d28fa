"""What time it is, and the names that grow from it: message timestamps and ids."""

import itertools
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]  # aware


def utc_now() -> datetime:
    """Return this machine's time, in UTC."""
    return datetime.now(UTC)


class Names:
    """Hands out ids and timestamps, none of them twice."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._last_micros = 0

    def id(self, letter: str) -> str:
        """Return a new id such as V0000000007; the letter says what it names, as with Slack."""
        with self._lock:
            return f"{letter}{next(self._numbers):010d}"

    def ts(self) -> str:
        """Return a timestamp such as 1700000000.000100, later than every one before it."""
        with self._lock:
            now = int(self._clock().timestamp() * 1_000_000)
            self._last_micros = max(now, self._last_micros + 1)
            return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"
