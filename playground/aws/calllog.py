"""The log of calls: what was asked of the local AWS and how it ended."""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from threading import Lock

from playground.aws.call import Call

KEPT = 20_000  # calls; older ones are forgotten, their counts are not


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call that was answered (or cut)."""

    at: float  # seconds of the local AWS's clock, when the answer was ready
    service: str
    action: str
    account: str
    region: str
    params: Mapping[str, str]
    outcome: str  # "ok", an error code, "cut-before" or "cut-after"
    request_id: str  # as the client saw it; "" when cut


@dataclass(slots=True)
class CallLog:
    """The last calls, and how many there were of each action and outcome."""

    _kept: deque[CallRecord] = field(default_factory=lambda: deque(maxlen=KEPT))
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def add(self, call: Call, at: float, outcome: str, request_id: str) -> None:
        """Write one call down."""
        record = CallRecord(
            at, call.service, call.action, call.account, call.region, call.params, outcome, request_id
        )
        with self._lock:
            self._kept.append(record)
            self._counts[call.action, outcome] += 1

    def calls(
        self, action: str = "*", outcome: str = "*", account: str = "*", region: str = "*"
    ) -> tuple[CallRecord, ...]:
        """Return the kept calls that fit all these patterns (`*` and `?`), oldest first."""
        with self._lock:
            kept = tuple(self._kept)
        wanted = (action, outcome, account, region)
        return tuple(
            record
            for record in kept
            if all(
                fnmatchcase(value, pattern)
                for value, pattern in zip(
                    (record.action, record.outcome, record.account, record.region), wanted, strict=True
                )
            )
        )

    def count(self, action: str = "*", outcome: str = "*") -> int:
        """Return how many calls there were since the last clear, forgotten ones included."""
        with self._lock:
            return sum(
                number
                for (name, end), number in self._counts.items()
                if fnmatchcase(name, action) and fnmatchcase(end, outcome)
            )

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._counts.clear()
