"""People's open Session Manager sessions on instances."""

from dataclasses import dataclass, field
from datetime import datetime

from moto.core.utils import utcnow


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody's shell on an instance."""

    id: str
    instance_id: str
    owner: str  # the name behind the ARN
    started: datetime = field(default_factory=utcnow)


@dataclass(slots=True)
class Sessions:
    """The sessions that are open."""

    _open: dict[str, Session] = field(default_factory=dict)

    def reset(self) -> None:
        """Close every session."""
        self._open.clear()

    def open(self, instance_id: str, owner: str) -> Session:
        """Let somebody have a shell on an instance."""
        made = Session(f"{owner}-{len(self._open) + 1:017x}", instance_id, owner)
        self._open[made.id] = made
        return made

    def of(self, instance_id: str) -> tuple[Session, ...]:
        """Return the sessions on an instance, oldest first."""
        return tuple(one for one in self._open.values() if one.instance_id == instance_id)

    def all(self) -> tuple[Session, ...]:
        """Return every open session, oldest first."""
        return tuple(self._open.values())
