"""Changes of Route 53's records on their way to every name server, and health checks that fail."""

import uuid
from dataclasses import dataclass, field

from playground.aws.clock import Clock


@dataclass(slots=True)
class RecordChanges:
    """Changes are INSYNC after `take` seconds; records answer by them at once."""

    clock: Clock
    take: float = 0.0
    ill: set[str] = field(default_factory=set)  # ids of health checks whose endpoint does not answer
    _due: dict[str, float] = field(default_factory=dict)

    def reset(self) -> None:
        """Forget every change; the next ones take no time, and every endpoint is well."""
        self.take = 0.0
        self.ill.clear()
        self._due.clear()

    def begin(self) -> str:
        """A new change; its id."""
        made = f"C{uuid.uuid4().hex[:20].upper()}"
        self._due[made] = self.clock.now() + self.take
        return made

    def knows(self, id: str) -> bool:  # noqa: A002 - Route 53's word
        """Whether there is such a change."""
        return id in self._due

    def status(self, id: str) -> str:  # noqa: A002 - Route 53's word
        """Route 53's word for how far a change is."""
        return "INSYNC" if self.clock.now() >= self._due[id] else "PENDING"
