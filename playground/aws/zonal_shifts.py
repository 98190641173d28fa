"""Zonal shifts of the local AWS: which load balancers send nothing to which zone, and until when."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from moto.core.utils import utcnow

from playground.aws.clock import Clock

Where = tuple[str, str]  # account, region


@dataclass(frozen=True, slots=True)
class ZonalShift:
    """One shift, which may be over."""

    arn: str  # of the load balancer
    away_from: str  # the id of a zone
    comment: str
    begun: datetime
    lasts: timedelta
    over: float  # on the clock
    canceled: bool = False
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def status(self, now: float) -> str:
        """ARC's word for it at that time."""
        if self.canceled:
            return "CANCELED"
        return "ACTIVE" if now < self.over else "EXPIRED"


@dataclass(slots=True)
class ZonalShifts:
    """Every shift there was; they expire by the local AWS's own clock, whoever is away."""

    clock: Clock
    _of: dict[Where, list[ZonalShift]] = field(default_factory=dict)

    def reset(self) -> None:
        """Forget every shift."""
        self._of.clear()

    def all(self, where: Where) -> tuple[ZonalShift, ...]:
        """Every shift of a place, oldest first."""
        return tuple(self._of.get(where, ()))

    def active(self, where: Where, arn: str = "") -> Iterator[ZonalShift]:
        """Those of a place, or of one load balancer, that hold now."""
        now = self.clock.now()
        for one in self.all(where):
            if one.status(now) == "ACTIVE" and arn in ("", one.arn):
                yield one

    def start(self, where: Where, arn: str, away_from: str, lasts: timedelta, comment: str) -> ZonalShift:
        """Begin one."""
        over = self.clock.now() + lasts.total_seconds()
        new = ZonalShift(arn, away_from, comment, utcnow(), lasts, over)
        self._of.setdefault(where, []).append(new)
        return new

    def cancel(self, where: Where, one: ZonalShift) -> ZonalShift:
        """End one before its time."""
        ended = replace(one, canceled=True)
        self._of[where] = [ended if each.id == one.id else each for each in self.all(where)]
        return ended
