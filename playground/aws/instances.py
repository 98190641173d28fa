"""How long instances take to start and stop, how a start fails, and what the status checks say."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playground.aws.clock import Clock

if TYPE_CHECKING:
    from moto.ec2.models.instances import Instance

_CODES = {"pending": 0, "running": 16, "stopping": 64, "stopped": 80}
KMS = "Client.InternalError"  # the StateReason code of a start that KMS refused


@dataclass(frozen=True, slots=True)
class _Moving:
    instance: "Instance"
    due: float | None  # on the clock; None: until released
    end: str  # "running", "stopped" or KMS


@dataclass(slots=True)
class InstanceTimes:
    """The instances that are starting or stopping, and how long the next ones will take."""

    clock: Clock
    start_takes: float | None = 0.0  # seconds; None: until released
    stop_takes: float | None = 0.0  # seconds; None: until released
    checks_take: float | None = 0.0  # seconds of "initializing" after running; None: until released
    refused_by_kms: set[str] = field(default_factory=set)  # instance ids
    impaired: set[str] = field(default_factory=set)  # instance ids
    _moving: dict[str, _Moving] = field(default_factory=dict)
    _checked_from: dict[str, float | None] = field(default_factory=dict)

    def reset(self) -> None:
        """Forget every instance; the next starts and stops happen at once."""
        self.start_takes = self.stop_takes = self.checks_take = 0.0
        for forgotten in (self.refused_by_kms, self.impaired, self._moving, self._checked_from):
            forgotten.clear()

    def begin_start(self, instance: "Instance") -> None:
        """The instance was told to start."""
        end = KMS if instance.id in self.refused_by_kms else "running"
        self._move(instance, "pending", self.start_takes, end)

    def begin_stop(self, instance: "Instance") -> None:
        """The instance was told to stop."""
        self._move(instance, "stopping", self.stop_takes, "stopped")

    def reboot(self, instance: "Instance") -> None:
        """The instance was told to reboot: a running one passes its checks anew."""
        if instance.state == "running":
            self._initialize(instance.id, self.clock.now())

    def settle(self) -> None:
        """Bring every instance whose time is over to its end."""
        now = self.clock.now()
        for one in list(self._moving.values()):
            if one.due is not None and now >= one.due:
                self._finish(one, one.due)

    def release(self, ids: tuple[str, ...] = ()) -> int:
        """End these moves, and status checks, now (none named: all); return how many moves."""
        chosen = [one for key, one in self._moving.items() if not ids or key in ids]
        for one in chosen:
            self._finish(one, self.clock.now())
        for key in [key for key in self._checked_from if not ids or key in ids]:
            if key not in {one.instance.id for one in chosen}:
                del self._checked_from[key]
        return len(chosen)

    def checks(self, instance: "Instance") -> str:
        """Return what DescribeInstanceStatus says of both checks."""
        if instance.state != "running":
            return "not-applicable"
        since = self._checked_from.get(instance.id, 0.0)
        if since is None or self.clock.now() < since:
            return "initializing"
        return "impaired" if instance.id in self.impaired else "ok"

    def _move(self, instance: "Instance", state: str, takes: float | None, end: str) -> None:
        _set_state(instance, state)
        due = None if takes is None else self.clock.now() + takes
        self._moving[instance.id] = _Moving(instance, due, end)

    def _initialize(self, key: str, at: float) -> None:
        self._checked_from[key] = None if self.checks_take is None else at + self.checks_take

    def _finish(self, one: _Moving, at: float) -> None:
        del self._moving[one.instance.id]
        if one.instance.state not in {"pending", "stopping"}:
            return  # terminated meanwhile
        if one.end == "running":
            one.instance.start()
            self._initialize(one.instance.id, at)
            return
        one.instance.stop()
        if one.end == KMS:
            one.instance._reason = ""  # noqa: SLF001 - moto's own: nobody stopped it
            one.instance.state_reason.code = KMS
            one.instance.state_reason.message = f"{KMS}: Client error on launch"


def _set_state(instance: "Instance", name: str) -> None:
    state = instance.instance_state
    state.name, state.code = name, _CODES[name]
