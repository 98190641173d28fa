"""The control door: what a test or a player may order of the local AWS, since moto has no time
and no faults.  The same orders go over HTTP (`door.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from playground.aws.calllog import CallLog, CallRecord
from playground.aws.failover_orders import FailoverOrders
from playground.aws.faults import Fault, FaultBook, Kind
from playground.aws.instances import InstanceTimes

_NO_CAPACITY = (
    "We currently do not have sufficient capacity in the Availability Zone you requested. "
    "Our system will be working on provisioning additional capacity."
)


@dataclass(slots=True)
class Control(FailoverOrders):
    """Time, faults and the log of calls of one local AWS.  Times are seconds of its own clock."""

    faults: FaultBook = field(default_factory=FaultBook)
    log: CallLog = field(default_factory=CallLog)

    @property
    def instances(self) -> InstanceTimes:
        """The instances that are starting or stopping."""
        return self.times.instances

    def advance(self, seconds: float) -> None:
        """Let time pass at once: what was due meanwhile has happened."""
        self.clock.advance(seconds)
        self.settle()

    def settle(self) -> None:
        """Bring everything whose time is over to its end."""
        with self.lock:
            self.times.settle()

    def instances_take(
        self, start: float | None = 0.0, stop: float | None = 0.0, checks: float | None = 0.0
    ) -> None:
        """Let starts, stops and the status checks after a start take so long (None: until released)."""
        times = self.instances
        times.start_takes, times.stop_takes, times.checks_take = start, stop, checks

    def release_instances(self, ids: Sequence[str] = ()) -> int:
        """Let instances arrive now, all or these; a second time, let their status checks end."""
        with self.lock:
            return self.instances.release(tuple(ids))

    def refuse_start_by_kms(self, instance_id: str) -> None:
        """Let each start of this instance end as stopped, as with an encrypted volume without rights."""
        self.instances.refused_by_kms.add(instance_id)

    def no_capacity(self, instance_id: str, times: int | None = None) -> int:
        """Let StartInstances with this instance answer InsufficientInstanceCapacity."""
        fault = Fault(
            Kind.ERROR,
            action="StartInstances",
            params={"InstanceId.*": instance_id},
            times=times,
            code="InsufficientInstanceCapacity",
            message=_NO_CAPACITY,
        )
        return self.faults.add(fault)

    def impair(self, instance_id: str) -> None:
        """Let both status checks of this instance fail."""
        self.instances.impaired.add(instance_id)

    def heal(self, instance_id: str) -> None:
        """Let this instance start and pass its checks again."""
        self.instances.impaired.discard(instance_id)
        self.instances.refused_by_kms.discard(instance_id)

    def order(self, fault: Fault) -> int:
        """Let calls go wrong; return the order's number for `hits` and `clear`."""
        return self.faults.add(fault)

    def clear(self, number: int | None = None) -> None:
        """End one order, or all."""
        self.faults.clear(number)

    def stands(self, number: int) -> bool:
        """Return whether an order may still make a call go wrong."""
        return self.faults.stands(number)

    def hits(self, number: int) -> int:
        """Return how many calls went wrong by this order."""
        return self.faults.hits(number)

    def calls(
        self, action: str = "*", outcome: str = "*", account: str = "*", region: str = "*"
    ) -> tuple[CallRecord, ...]:
        """Return the calls that fit these patterns, oldest first."""
        return self.log.calls(action, outcome, account, region)

    def count(self, action: str = "*", outcome: str = "*") -> int:
        """Return how many calls fit these patterns."""
        return self.log.count(action, outcome)

    def reset(self, seed: int = 0) -> None:
        """Forget every order, time and call; `seed` begins the randomness of shares anew."""
        with self.lock:
            self.faults.reset(seed)
            self.log.clear()
            self.times.reset()
