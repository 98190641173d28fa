"""Faults on order: which calls go wrong, how, and how often."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from random import Random
from threading import Lock

from playground.aws.call import Call


class Kind(StrEnum):
    """What goes wrong."""

    THROTTLE = "throttle"  # too many requests; nothing was done
    DENY = "deny"  # the caller may not do this; nothing was done
    ERROR = "error"  # an error of AWS's own (`code`, `status`); nothing was done
    CUT_BEFORE = "cut-before"  # the connection closes, nothing was done
    CUT_AFTER = "cut-after"  # the work is done, then the connection closes without an answer
    LATENCY = "latency"  # the call waits `seconds` first, then goes on as usual


@dataclass(frozen=True, slots=True)
class Fault:
    """An order for calls to go wrong; patterns know `*` and `?`."""

    kind: Kind
    action: str = "*"
    service: str = "*"
    account: str = "*"
    region: str = "*"
    params: Mapping[str, str] = field(default_factory=dict)  # {"InstanceId.*": "i-1"}: each must fit
    times: int | None = None  # how many calls; None: until cleared
    share: float = 1.0  # of the calls that fit, this part goes wrong (seeded)
    seconds: float = 0.0  # for LATENCY
    code: str = "InternalError"  # for ERROR
    message: str = "An internal error has occurred"  # for ERROR
    status: int = 500  # for ERROR, the HTTP status

    def fits(self, call: Call) -> bool:
        """Return whether the order speaks of this call, before `times` and `share`."""
        pairs = ((call.action, self.action), (call.service, self.service))
        places = ((call.account, self.account), (call.region, self.region))
        return all(fnmatchcase(value, pattern) for value, pattern in pairs + places) and all(
            any(fnmatchcase(key, name) and fnmatchcase(value, pattern) for key, value in call.params.items())
            for name, pattern in self.params.items()
        )


@dataclass(slots=True)
class FaultBook:
    """The orders that stand, in the order they were given, and how often each was carried out."""

    seed: int = 0
    _standing: dict[int, Fault] = field(default_factory=dict)
    _hits: dict[int, int] = field(default_factory=dict)
    _random: Random = field(default_factory=Random)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._random.seed(self.seed)

    def add(self, fault: Fault) -> int:
        """Let an order stand; return its number."""
        with self._lock:
            number = len(self._hits) + 1
            self._standing[number], self._hits[number] = fault, 0
            return number

    def clear(self, number: int | None = None) -> None:
        """End one order, or all of them; the counts stay."""
        with self._lock:
            for one in list(self._standing) if number is None else [number]:
                self._standing.pop(one, None)

    def reset(self, seed: int = 0) -> None:
        """Forget the orders and the counts, and begin the randomness anew."""
        with self._lock:
            self._standing.clear()
            self._hits.clear()
            self._random.seed(seed)

    def hits(self, number: int) -> int:
        """Return how many calls went wrong by this order."""
        with self._lock:
            return self._hits[number]

    def stands(self, number: int) -> bool:
        """Return whether an order may still make a call go wrong."""
        with self._lock:
            fault = self._standing.get(number)
            return fault is not None and (fault.times is None or self._hits[number] < fault.times)

    def take(self, call: Call) -> tuple[Fault, ...]:
        """Return what happens to this call: any latencies, then at most one other fault."""
        taken: list[Fault] = []
        with self._lock:
            for number, fault in self._standing.items():
                if fault.fits(call) and self._is_due(number, fault):
                    self._hits[number] += 1
                    taken.append(fault)
                    if fault.kind is not Kind.LATENCY:
                        break
        return tuple(taken)

    def _is_due(self, number: int, fault: Fault) -> bool:
        left = fault.times is None or self._hits[number] < fault.times
        return left and (fault.share >= 1 or self._random.random() < fault.share)
