"""Toban: the one on duty.  What one process of several does for all of them, only it does.

Messages are sent, what is awaited is looked at, failure tests are watched, and people are called by one
process at a time; commands, clicks, events and operations are everybody's.  When the one on duty dies,
another has the duty within `LEASE`.  On a SQLite file there is one process, which always has it.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.store import duty
from bot.store.database import Database

LEASE = timedelta(seconds=10)
KEEP_EVERY = LEASE / 5
"""So often it is kept, or somebody else's is looked at."""


class Duty:
    """This process's part in it; any thread may ask."""

    def __init__(self, db: Database, owner: str, now: Callable[[], datetime]) -> None:
        """Asks for it when it is asked first."""
        self._db, self._owner, self._now = db, owner, now
        self._lock = threading.Lock()
        self._until: datetime | None = None  # it is ours until then
        self._next: datetime | None = None  # when to ask again

    def has(self) -> bool:
        """Whether this process is on duty now.  Raises DBAPIError when the database cannot say."""
        if not self._db.is_shared:
            return True
        with self._lock:
            now = self._now()
            if self._next is None or now >= self._next:
                self._ask(now)
            return self._until is not None and now < self._until

    def give_up(self) -> None:
        """Let another one have it at once, at the end of this process."""
        if self._db.is_shared:
            with self._lock:
                self._db.write(lambda tx: duty.give_up(tx, self._owner))
                self._until = self._next = None

    def _ask(self, now: datetime) -> None:
        held = self._db.read(duty.held)
        self._next = now + KEEP_EVERY
        if held is not None and held[0] != self._owner and held[1] > now:
            self._until = None
            return
        until = now + LEASE
        mine = self._db.write(lambda tx: duty.take(tx, self._owner, now, until))
        self._until = until if mine else None
