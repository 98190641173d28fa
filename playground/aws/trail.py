"""The trail: what CloudTrail has recorded of calls that were refused, and of some that made something."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto.core.utils import utcnow

from playground.aws.clock import Clock


@dataclass(frozen=True, slots=True)
class TrailEvent:
    """One call, as "CloudTrail record contents" names its parts; mostly one that was refused."""

    account: str
    region: str
    name: str  # CreateGrant
    source: str  # kms.amazonaws.com
    caller: str  # the ARN of who is said to have called
    resources: tuple[str, ...]  # what it was about: ARNs of keys, or ids of instances
    message: str  # why it was refused; "" when it was not
    code: str = "AccessDenied"  # "" for a call that went well
    request: Mapping[str, Any] = field(default_factory=dict)
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    when: datetime = field(default_factory=utcnow)


@dataclass(slots=True)
class Trail:
    """The events, each to be found `lag` seconds after it happened (in AWS up to 15 minutes)."""

    clock: Clock
    lag: float = 0.0
    _noted: list[tuple[float, TrailEvent]] = field(default_factory=list)

    def reset(self) -> None:
        """Forget every event; the next ones are found at once."""
        self.lag = 0.0
        self._noted.clear()

    def note(self, event: TrailEvent) -> None:
        """This happened now."""
        self._noted.append((self.clock.now() + self.lag, event))

    def found(self, account: str, region: str) -> tuple[TrailEvent, ...]:
        """Return what can be found in a place by now, newest first."""
        now = self.clock.now()
        there = [
            one for at, one in self._noted if at <= now and (one.account, one.region) == (account, region)
        ]
        return tuple(reversed(there))
