"""EC2's token buckets, as "Request throttling for the Amazon EC2 API" publishes them.

Each account has in each region a bucket an action; a call takes one token.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_BY_ACTION: Mapping[str, tuple[float, float]] = {
    "CreateSnapshot": (100, 5),
    "CreateSnapshots": (100, 5),
    "DeleteSnapshot": (100, 5),
    "DeregisterImage": (100, 5),
    "CreateTags": (100, 10),
    "StartInstances": (5, 2),
    "RunInstances": (5, 2),
}


def limits(action: str, narrowed: bool) -> tuple[float, float]:
    """Return burst and refill a second; `narrowed` is a listing with filters or pages."""
    if action.startswith(("Describe", "Get")):
        return (100, 20) if narrowed else (50, 10)
    return _BY_ACTION.get(action, (50, 5))


@dataclass(slots=True)
class Buckets:
    """The tokens left, by account, region and action."""

    now: Callable[[], float]  # seconds
    _left: dict[tuple[str, str, str, bool], tuple[float, float]] = field(default_factory=dict)

    def take(self, account: str, region: str, action: str, narrowed: bool) -> bool:
        """Take a token; False when there is none."""
        burst, refill = limits(action, narrowed)
        key, now = (account, region, action, narrowed), self.now()
        left, since = self._left.get(key, (burst, now))
        left = min(burst, left + (now - since) * refill)
        self._left[key] = (left - 1 if left >= 1 else left, now)
        return left >= 1
