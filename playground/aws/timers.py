"""The schedules of EventBridge Scheduler that are called once, by the local AWS's own clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from playground.aws.clock import Clock

Where = tuple[str, str]  # account, region


@dataclass(frozen=True, slots=True)
class Timer:
    """A schedule, and when its time comes."""

    at: datetime
    said: Mapping[str, Any]  # as it was created
    made: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Ran:
    """A call that was made at its time, and how it was answered: "ok" or an error code."""

    where: Where
    name: str
    target: str
    outcome: str


@dataclass(slots=True)
class Timers:
    """Those that are still to come, and what has been called."""

    clock: Clock
    make: Callable[[Where, Mapping[str, Any]], str] | None = None
    """Makes a schedule's call; returns its outcome."""
    ran: list[Ran] = field(default_factory=list)
    _of: dict[Where, dict[str, Timer]] = field(default_factory=dict)
    _zero: datetime | None = None  # when the clock showed 0, where somebody has said what time it is

    def reset(self) -> None:
        """Forget every schedule, and what was called."""
        self._of.clear()
        self.ran.clear()
        self._zero = None

    def now(self) -> datetime:
        """The time of day of the local AWS."""
        if self._zero is not None:
            return self._zero + timedelta(seconds=self.clock.now())
        return datetime.now(UTC) + timedelta(seconds=self.clock.ahead)

    def it_is(self, moment: datetime) -> None:
        """Let it be this moment now."""
        self._zero = moment - timedelta(seconds=self.clock.now())

    def all(self, where: Where) -> dict[str, Timer]:
        """Those of a place that are still to come, by name."""
        return self._of.setdefault(where, {})

    def settle(self) -> None:
        """Call what is due, and let it go: "ActionAfterCompletion" is DELETE."""
        now = self.now()
        every = [(where, name, one) for where, of in self._of.items() for name, one in of.items()]
        due = [(one.at, where, name) for where, name, one in every if one.at <= now]
        for _, where, name in sorted(due):
            one = self._of[where].pop(name, None)
            if one is not None and self.make is not None:
                target = one.said["Target"]
                self.ran.append(Ran(where, name, target["Arn"], self.make(where, target)))
