"""Requests by HTTP, each once: who recorded one on its way cannot send it again while its signature holds.

A process remembers what came to it; what another replica took is refused by the database, where each
command, click and event has its key.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

HOLDS = 600.0  # seconds: Slack's clock may be five minutes ahead of ours, and a signature lives for five


class Once:
    """Remembers signatures that were verified, so nobody but Slack can fill it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing has come yet; `clock` is in seconds, of any epoch."""
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: OrderedDict[str, float] = OrderedDict()

    def is_first(self, signature: str) -> bool:
        """Whether it has not come before; from now on it has."""
        now = self._clock()
        with self._lock:
            while self._seen and now - next(iter(self._seen.values())) > HOLDS:
                self._seen.popitem(last=False)
            if signature in self._seen:
                return False
            self._seen[signature] = now
            return True

    def forget(self, signature: str) -> None:
        """It was not taken: Slack may send an event again within the same second, which is signed alike."""
        with self._lock:
            self._seen.pop(signature, None)
