"""Asks probes at a fixed rhythm, each question at its own moment, whatever came of those before.

The moments lie on a grid that begins once and never drifts; those of several probes are spread over their
interval.  One thread keeps the time, others wait for answers, so that a slow one delays nobody.
"""

import heapq
import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.probe import LATE, UNREAD, Probe, Sample
from bot.probing.asker import Ask, utc_now
from bot.probing.hands import Hands

Take = Callable[[Sample], None]
"""What is done with a sample; called by many threads, soon done, raising nothing."""

SHORTLY = 0.01  # seconds between two looks whether the last answers have come

log = logging.getLogger("toban")


class _Line:
    """One probe on its grid."""

    def __init__(self, probe: Probe, first: float, asked: "Callable[[_Line], None]") -> None:
        self.probe = probe
        self.ask = partial(asked, self)
        self.every = probe.every.total_seconds()
        self.due = first  # by the monotonic clock
        self.most = math.ceil(probe.timeout / probe.every) + 1
        self.under_way: deque[None] = deque()  # one for each question; its methods are atomic

    def __lt__(self, other: "_Line") -> bool:
        return self.due < other.due

    def missed(self, moment: float) -> int:
        """How many questions have been passed over by now; the newest that is due is not one of them."""
        return max(0, int((moment - self.due) / self.every))


class Prober:
    """Asks from `start` to `stop`; every moment on the grid gives one sample, or is part of a late one."""

    def __init__(
        self, probes: Sequence[Probe], take: Take, ask: Ask, now: Callable[[], datetime] = utc_now
    ) -> None:
        """Ready to start.  `ask` is an `Asker`; `now` the time in UTC."""
        self._take = take
        self._ask = ask
        self._now = now
        self._probes = tuple(probes)
        self._stop = threading.Lock()  # held until all is to stop: cheaper to wait for than an Event
        self._over = False
        self._lines: list[_Line] = []
        self._hands = Hands(0)
        self._thread = threading.Thread(target=self._run, name="prober", daemon=True)

    def start(self) -> None:
        """Begin; the first probe is asked at once."""
        begin, count = time.monotonic(), len(self._probes)
        self._lines = [
            _Line(one, begin + one.every.total_seconds() * number / count, self._asked)
            for number, one in enumerate(self._probes)
        ]
        self._hands = Hands(sum(line.most for line in self._lines))
        self._stop.acquire()
        self._thread.start()

    def stop(self, patience: float = 1.0) -> None:
        """Ask nothing more; answers are taken for so many seconds yet, and none after it returns."""
        self._stop.release()
        self._thread.join()
        until = time.monotonic() + patience
        while any(line.under_way for line in self._lines) and time.monotonic() < until:
            time.sleep(SHORTLY)
        self._over = True
        self._hands.dismiss()

    def _run(self) -> None:
        while self._lines:
            line = self._lines[0]
            wait = line.due - time.monotonic()
            if self._stop.acquire(timeout=max(wait, 0.0)):
                return
            may_ask = self._turn(line)
            heapq.heapreplace(self._lines, line)
            if may_ask:
                self._hands.give(line.ask)

    def _turn(self, line: _Line) -> bool:
        """Tell what could not be asked, and whether what is due now may be."""
        moment = time.monotonic()
        if missed := line.missed(moment):
            self._late(line, moment, missed * line.every)
            line.due += missed * line.every
        may_ask = len(line.under_way) < line.most
        if may_ask:
            line.under_way.append(None)
        else:
            self._late(line, moment, 0.0)
        line.due += line.every
        return may_ask

    def _late(self, line: _Line, moment: float, lasted: float) -> None:
        since = self._now() - timedelta(seconds=moment - line.due)
        self._take(Sample(line.probe.name, since, lasted, LATE))

    def _asked(self, line: _Line) -> None:
        at = self._now()
        try:
            sample = self._ask(line.probe)
        except Exception:  # the edge of a thread: what nobody thought of is told, and the next is asked
            log.exception("a probe could not be asked", extra={"action": "probe.failed"})
            sample = Sample(line.probe.name, at, 0.0, UNREAD)
        if not self._over:
            self._take(sample)
        line.under_way.pop()
