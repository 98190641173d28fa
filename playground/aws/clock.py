"""The local AWS's own time, which a test may push forward instead of sleeping."""

import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Clock:
    """Seconds since it was made, plus whatever was added by `advance`."""

    _started: float = field(default_factory=time.monotonic)
    _added: float = 0.0
    _before: float = 0.0  # added before the last reset

    def now(self) -> float:
        """Return the seconds since the start, never going back."""
        return time.monotonic() - self._started + self._added

    @property
    def ahead(self) -> float:
        """How many seconds were added since the last reset."""
        return self._added - self._before

    def reset(self) -> None:
        """Let the time outside be its own again for `ahead`; `now` does not go back."""
        self._before = self._added

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass at once."""
        if seconds < 0:
            raise ValueError("time does not go back")
        self._added += seconds
