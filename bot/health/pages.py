"""What is answered to whoever looks from outside: well or not and why, and the metrics."""

import json
import logging
import threading
import time
from collections.abc import Callable

from bot.health.check import Facts, findings
from bot.health.exposition import CONTENT_TYPE, text
from bot.health.metrics import families
from bot.health.server import Answer
from bot.health.tally import Tally

log = logging.getLogger("toban.health")
FRESH = 2.0  # seconds for which facts are good: who asks more often asks nobody anew
SAY_EVERY = (
    45.0  # seconds between two lines that say so in the log; who asks twice a minute gets one a minute
)


class Pages:
    """Gathers the facts when somebody asks, and seldom enough."""

    def __init__(self, look: Callable[[], Facts], tally: Tally, fresh: float | None = None) -> None:
        """`look` finds the facts; `fresh` is in seconds."""
        self._look, self._tally = look, tally
        self._fresh = FRESH if fresh is None else fresh
        self._lock = threading.Lock()
        self._known: Facts | None = None
        self._until = 0.0
        self._say_next = 0.0

    def answer(self, path: str) -> Answer | None:
        """The page at this path; None: there is none."""
        match path:
            case "/healthz":
                return self._healthz()
            case "/metrics":
                facts = self._facts()
                page = text(families(facts, findings(facts), self._tally.counted()))
                return Answer(200, CONTENT_TYPE, page)
        return None

    def _healthz(self) -> Answer:
        found = findings(self._facts())
        if well := all(one.well for one in found):
            self._say()
        told = {
            "status": "green" if well else "red",
            "reasons": [f"{one.check}: {one.said}" for one in found if not one.well],
            "checks": {one.check: "green" if one.well else "red" for one in found},
        }
        page = f"{json.dumps(told, indent=2)}\n"
        return Answer(200 if well else 503, "application/json", page)

    def _say(self) -> None:
        """Into the log, for an alarm that misses it: only where somebody asked, never by habit."""
        with self._lock:
            if time.monotonic() < self._say_next:
                return
            self._say_next = time.monotonic() + SAY_EVERY
        log.info("all is well", extra={"action": "health.green"})

    def _facts(self) -> Facts:
        with self._lock:
            if self._known is None or time.monotonic() >= self._until:
                self._known = self._look()
                self._until = time.monotonic() + self._fresh
            return self._known
