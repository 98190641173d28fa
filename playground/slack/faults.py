"""What can go wrong between an app and Slack, on demand: counted, or as a share of all calls.

A fault is one of
* a status    429 with Retry-After, 500, ...: nothing was done
* an error    Slack's own refusal, such as edit_window_closed: nothing was done
* a timeout   nothing was done, and no answer comes until the caller gives up
* a cut       it *was* done, but the connection breaks before the answer
"""

import random
import threading
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

EVERY = "*"


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one call."""

    kind: str  # status, error, timeout, cut
    status: int = 200
    retry_after: int = 1  # seconds, with 429
    code: str = ""  # with error


KINDS = {
    "429": Fault("status", 429),
    "500": Fault("status", 500),
    "timeout": Fault("timeout"),
    "cut": Fault("cut"),
}


@dataclass(slots=True)
class _Planned:
    method: str
    fault: Fault
    left: int


class Faults:
    """The faults that are switched on, and how many happened (`happened`, by kind)."""

    def __init__(self) -> None:
        self.happened: Counter[str] = Counter()
        self.one_a_second = (
            False  # chat.postMessage: one a second and channel, as Slack's rate limit page says
        )
        self._lock = threading.Lock()
        self._planned: list[_Planned] = []
        self._share, self._kinds, self._methods = 0.0, list[Fault](), frozenset[str]()
        self._dice = random.Random(0)
        self._posted: dict[str, datetime] = {}

    def answer(self, method: str = EVERY, *, status: int, retry_after: int = 1, times: int = 1) -> None:
        """Let the next calls of a method (of all: "*") be answered with this HTTP status."""
        self._plan(method, Fault("status", status, retry_after), times)

    def refuse(self, method: str, code: str, *, times: int = 1) -> None:
        """Let the next calls of a method be refused with one of Slack's error codes."""
        self._plan(method, Fault("error", code=code), times)

    def hang(self, method: str = EVERY, *, times: int = 1) -> None:
        """Let the next calls of a method wait until the caller gives up; nothing is done."""
        self._plan(method, Fault("timeout"), times)

    def cut(self, method: str = EVERY, *, times: int = 1) -> None:
        """Let the next calls of a method be carried out, and their answers be lost."""
        self._plan(method, Fault("cut"), times)

    def share(
        self,
        share: float,
        *,
        kinds: Sequence[str] = ("429", "500", "timeout", "cut"),
        seed: int = 0,
        methods: Collection[str] = (),
        retry_after: int = 1,
    ) -> None:
        """Let this share (0..1) of all calls, or of these methods', go wrong in one of these ways."""
        with self._lock:
            self._share, self._methods, self._dice = share, frozenset(methods), random.Random(seed)
            self._kinds = [Fault(f.kind, f.status, retry_after) for f in (KINDS[kind] for kind in kinds)]

    def clear(self) -> None:
        """Let everything go well again; the counts stay."""
        with self._lock:
            self._planned.clear()
            self._share, self.one_a_second = 0.0, False

    @property
    def left(self) -> int:
        """How many planned faults are still to come."""
        with self._lock:
            return sum(planned.left for planned in self._planned)

    def next(self, method: str, channel: str, now: datetime) -> Fault | None:
        """Return what happens to this call, if anything."""
        with self._lock:
            fault = self._due(method) or self._thrown(method) or self._too_fast(method, channel, now)
            if fault is not None:
                self.happened[str(fault.status) if fault.kind == "status" else fault.kind] += 1
        return fault

    def _plan(self, method: str, fault: Fault, times: int) -> None:
        with self._lock:
            self._planned.append(_Planned(method, fault, times))

    def _due(self, method: str) -> Fault | None:
        for planned in self._planned:
            if planned.left > 0 and planned.method in (EVERY, method):
                planned.left -= 1
                return planned.fault
        return None

    def _thrown(self, method: str) -> Fault | None:
        if (
            self._share
            and (not self._methods or method in self._methods)
            and self._dice.random() < self._share
        ):
            return self._dice.choice(self._kinds)
        return None

    def _too_fast(self, method: str, channel: str, now: datetime) -> Fault | None:
        if not self.one_a_second or method != "chat.postMessage":
            return None
        last = self._posted.get(channel)
        if last is not None and now - last < timedelta(seconds=1):
            return Fault("status", 429)
        self._posted[channel] = now
        return None
