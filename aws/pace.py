"""How fast EC2 may be asked: tokens are taken from its buckets before each request, retries too.

Waiting here costs nothing; being refused costs the call and everybody else's calls in that account.
Several processes in one account do not see each other: then AWS's own no, and botocore's retries,
remain.

The buckets are kept by GCRA, which remembers one number: until when tokens are spent.  So callers who
may go down to the last token and callers who must leave a reserve share a bucket, by asking it with
different depths.  (The library's own token bucket counts whole seconds, and its waiting sleeps 0.2 s
at least; twenty a second needs both finer.)
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Protocol

from throttled import BaseRateLimiter, MemoryStore, RateLimiterRegistry, per_sec

from aws.bucket import Bucket, tolls

RESERVE = 2  # tokens of each bucket that only a way back may take
_SHORTEST_SLEEP = 0.001  # seconds
_way_back = ContextVar("toban_way_back", default=False)


class Request(Protocol):
    """The part of botocore's request used here."""

    data: Mapping[str, object]


class Events(Protocol):
    """The part of botocore's event emitter used here."""

    def register_first(self, event_name: str, handler: Callable[..., None]) -> object:
        """Call the handler before all others whenever the event is emitted."""


@contextmanager
def way_back() -> Iterator[None]:
    """Let the calls inside, in this thread, also take the tokens kept in reserve."""
    token = _way_back.set(True)
    try:
        yield
    finally:
        _way_back.reset(token)


def is_way_back() -> bool:
    """Whether what is asked now, in this thread, puts something back."""
    return _way_back.get()


class Pace:
    """The buckets of all accounts and regions.  Safe to share between threads."""

    def __init__(self, reserve: int = RESERVE, sleep: Callable[[float], None] = time.sleep) -> None:
        self._reserve = reserve
        self._sleep = sleep
        # The store forgets the longest unused beyond its size, and a forgotten bucket is a full one.
        store = MemoryStore(options={"MAX_SIZE": 100_000})
        gcra = RateLimiterRegistry.get("gcra")

        @cache
        def limiter(burst: int, per_second: int) -> BaseRateLimiter:
            return gcra(per_sec(per_second, burst=burst), store)

        self._limiter = limiter

    def watch(self, events: Events, account: str, region: str, service: str = "ec2") -> None:
        """Pace every request of a client of this service from now on."""

        def before_signing(request: Request, operation_name: str, **_: object) -> None:
            # Before signing, because a signature that waited would be too old.
            for toll in tolls(operation_name, request.data, service):
                whose = "*" if toll.shared else operation_name
                key = f"{account}/{region}/{whose}/{toll.kind}"
                self.take(key, toll.bucket, toll.tokens)

        events.register_first(f"request-created.{service}", before_signing)

    def take(self, key: str, bucket: Bucket, tokens: int = 1) -> None:
        """Take tokens from a bucket, waiting in this thread until they are there.

        Nobody but a way back goes below the reserve; of a small bucket half is kept at most.
        """
        kept = 0 if _way_back.get() else min(self._reserve, bucket.burst // 2)
        depth = bucket.burst - kept
        limiter = self._limiter(depth, bucket.per_second)
        tokens = min(tokens, depth)
        while (answer := limiter.limit(key, tokens)).limited:
            self._sleep(max(answer.state.retry_after, _SHORTEST_SLEEP))
