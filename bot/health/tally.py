"""What is counted while toban runs: requests to AWS, and how long Slack waited for acknowledgements."""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from aws.told import Request

STEPS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds; after the last of them Slack has given up."""


@dataclass(frozen=True, slots=True)
class Counted:
    """As it stands at one moment."""

    requests: Mapping[Request, int]
    acks: tuple[int, ...]  # up to each of STEPS, and above them
    ack_seconds: float  # of all of them together


class Tally:
    """Counts; safe to share between threads."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._lock = threading.Lock()
        self._requests: Counter[Request] = Counter()
        self._acks = [0] * (len(STEPS) + 1)
        self._ack_seconds = 0.0

    def request(self, told: Request) -> None:
        """A request to AWS has ended."""
        with self._lock:
            self._requests[told] += 1

    def ack(self, seconds: float) -> None:
        """A delivery was acknowledged so many seconds after it came."""
        with self._lock:
            self._acks[bisect_left(STEPS, seconds)] += 1
            self._ack_seconds += seconds

    def counted(self) -> Counted:
        """What there is so far."""
        with self._lock:
            return Counted(dict(self._requests), tuple(self._acks), self._ack_seconds)
