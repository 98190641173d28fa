"""Courtesy: what can wait gives way to whoever waits for an acknowledgement.

Slack gives three seconds, people less patience; and all threads of a process share one interpreter.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 0.25  # seconds: then work goes on beside the deliveries, or it never would under load
MOMENT = 0.02  # seconds: the same between two steps of the work


class Courtesy:
    """Knows how many deliveries are in hand, between their arrival and their acknowledgement."""

    def __init__(self) -> None:
        """Nobody waits."""
        self._changed = threading.Condition()
        self._in_hand = 0
        self._mine = threading.local()

    @contextmanager
    def delivery(self) -> Iterator[None]:
        """One delivery is in hand."""
        with self._changed:
            self._in_hand += 1
        self._mine.delivery = True
        try:
            yield
        finally:
            self._mine.delivery = False
            with self._changed:
                self._in_hand -= 1
                if not self._in_hand:
                    self._changed.notify_all()

    def give_way(self, patience: float = PATIENCE) -> None:
        """Return when no delivery is in hand, or after so many seconds; at once for a delivery itself."""
        if self._in_hand and not getattr(self._mine, "delivery", False):
            with self._changed:
                self._changed.wait_for(lambda: not self._in_hand, patience)

    def for_a_moment(self) -> None:
        """The same, between two steps of what is being done."""
        self.give_way(MOMENT)


GiveWay = Callable[[], None]


def at_once() -> None:
    """Nobody to give way to."""
