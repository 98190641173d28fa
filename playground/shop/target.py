"""How a balancer finds out whether a target is well: by checks, one after the other, and by thresholds."""

import math
from dataclasses import dataclass

from playground.aws.target_verdicts import Verdict
from playground.shop.seen import Checks
from playground.shop.worker import Worker


@dataclass(slots=True)
class Target:
    """A server as its balancer knows it.  Times are seconds of the event loop's clock."""

    worker: Worker
    due: float  # when the next check begins
    healthy: bool | None = None  # None: not known yet
    leaving: bool = False  # its instance is gone, which nobody has told the balancer
    _row: int = 0  # checks in a row that say something else than `healthy`
    _fails: float | None = None  # when the check that is under way will have failed

    @property
    def verdict(self) -> Verdict | None:
        """What is wrong with it as its balancer sees it; None where nothing is."""
        if self.healthy is None:
            return Verdict.INITIAL
        if self.healthy:
            return None
        return Verdict.TIMED_OUT if self.worker.passes(math.inf) == "silent" else Verdict.FAILED

    def check(self, checks: Checks, scale: float, now: float) -> None:
        """Begin the check that is due, and end the one that has waited long enough."""
        if self._fails is not None and now >= self._fails:
            self._fails = None
            self._count(checks, well=False)
        if now < self.due:
            return
        self.due = max(self.due + checks.every * scale, now)
        said = self.worker.passes(checks.timeout * scale)
        if said == "silent":
            self._fails = now + checks.timeout * scale
        else:
            self._count(checks, well=said == "ok")

    def _count(self, checks: Checks, *, well: bool) -> None:
        """A new target needs one good check; after that the thresholds count."""
        if self.healthy is None and well:
            self.healthy, self._row = True, 0
            return
        if self.healthy is well:
            self._row = 0
            return
        self._row += 1
        if self._row >= (checks.healthy if well else checks.unhealthy):
            self.healthy, self._row = well, 0
