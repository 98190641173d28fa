"""What a check found: how it stands, and what to do about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """How one thing stands."""

    OK = "ok"
    WARNING = "warning"  # toban works, but not all of it, or not safely
    FAILED = "failed"  # something does not work until it is mended


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one thing, and one about what to do; quotes no secret."""

    check: str  # the check's name, such as "slack scopes"
    health: Health
    what: str
    do: str = ""  # "" where nothing is to be done


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at; `look` may take its time, and may raise."""

    name: str
    look: Callable[[], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Says:
    """Makes the findings of one check."""

    check: str

    def ok(self, what: str) -> Finding:
        """It is well."""
        return Finding(self.check, Health.OK, what)

    def warning(self, what: str, do: str) -> Finding:
        """It works, but somebody should see to it."""
        return Finding(self.check, Health.WARNING, what, do)

    def failed(self, what: str, do: str) -> Finding:
        """It does not work."""
        return Finding(self.check, Health.FAILED, what, do)
