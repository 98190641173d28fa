"""Fast snapshot restores: a snapshot and a zone each, enabling, optimizing, then enabled."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from moto.core.utils import utcnow

from playground.aws.clock import Clock

LARGEST = 5  # snapshots with a fast restore, in one region of one account ("EBS quotas")
_FIRST = 0.1  # this part of the time a restore is "enabling"; then it is "optimizing"


@dataclass(frozen=True, slots=True)
class FastRestore:
    """One pair of snapshot and zone, and since when."""

    snapshot_id: str
    zone: str
    account: str
    began: float  # on the clock
    takes: float | None  # seconds; None: until released
    at: datetime  # the same moment as AWS writes it

    def state(self, now: float) -> str:
        """Return EC2's word for the state at that time."""
        if self.takes is None:
            return "optimizing"
        if now >= self.began + self.takes:
            return "enabled"
        return "enabling" if now < self.began + self.takes * _FIRST else "optimizing"

    def row(self, now: float) -> dict[str, Any]:
        """Return it as EC2 shows it."""
        state, takes = self.state(now), timedelta(seconds=self.takes or 0)
        return {
            "SnapshotId": self.snapshot_id,
            "AvailabilityZone": self.zone,
            "OwnerId": self.account,
            "State": state,
            "StateTransitionReason": "Client.UserInitiated"
            if state == "enabling"
            else "Client.UserInitiated - Lifecycle state transition",
            "EnablingTime": self.at,
            "OptimizingTime": None if state == "enabling" else self.at + takes * _FIRST,
            "EnabledTime": self.at + takes if state == "enabled" else None,
        }


@dataclass(slots=True)
class FastRestores:
    """Every fast restore that is on, and how long the next ones take to be fast."""

    clock: Clock
    takes: float | None = 0.0  # seconds, 60 minutes per TiB in AWS; None: until released
    _on: dict[tuple[str, str], FastRestore] = field(default_factory=dict)  # by snapshot and zone

    def reset(self) -> None:
        """Forget every fast restore; the next ones are enabled at once."""
        self.takes = 0.0
        self._on.clear()

    def enable(self, snapshot_id: str, zone: str, account: str) -> FastRestore:
        """Turn one on and return it; one that is on already stays as it is."""
        new = FastRestore(snapshot_id, zone, account, self.clock.now(), self.takes, utcnow())
        return self._on.setdefault((snapshot_id, zone), new)

    def disable(self, snapshot_id: str, zone: str) -> FastRestore | None:
        """Turn one off and return it; None when it was not on."""
        return self._on.pop((snapshot_id, zone), None)

    def forget(self, snapshot_id: str) -> None:
        """The snapshot was deleted or archived: its fast restores are off."""
        for key in [key for key in self._on if key[0] == snapshot_id]:
            del self._on[key]

    def release(self) -> int:
        """Let every one be enabled now; return how many were not."""
        now = self.clock.now()
        late = [one for one in self._on.values() if one.state(now) != "enabled"]
        for one in late:
            at = (one.snapshot_id, one.zone)
            self._on[at] = FastRestore(one.snapshot_id, one.zone, one.account, now, 0.0, one.at)
        return len(late)

    def of(self, account: str, region: str) -> Iterator[FastRestore]:
        """Yield those of one account and region; a zone is a region and a letter."""
        for one in self._on.values():
            if one.account == account and one.zone[:-1] == region:
                yield one
