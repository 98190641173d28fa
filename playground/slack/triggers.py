"""Trigger ids: good for one form, and for three seconds.

Source: Slack's page "Handling user interaction", trigger_id.
"""

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from playground.slack.clock import Clock
from playground.slack.errors import Refusal

LIFE = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a person did that allows the app to show them a form."""

    user: str
    made: datetime
    view: str = ""  # the open form it was done in, if any


class Triggers:
    """The trigger ids that were handed out, and which of them are spent."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._given: dict[str, Trigger] = {}
        self._spent: set[str] = set()

    def make(self, user: str, view: str = "") -> str:
        """Return a new trigger id for this person."""
        name = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        with self._lock:
            self._given[name] = Trigger(user, self._clock(), view)
        return name

    def exchange(self, name: str) -> Trigger:
        """Spend a trigger id.

        Raises Refusal invalid_trigger_id, exchanged_trigger_id or expired_trigger_id.
        """
        with self._lock:
            trigger = self._given.get(name)
            if trigger is None:
                raise Refusal("invalid_trigger_id")
            if name in self._spent:
                raise Refusal("exchanged_trigger_id")
            if self._clock() - trigger.made > LIFE:
                raise Refusal("expired_trigger_id")
            self._spent.add(name)
        return trigger
