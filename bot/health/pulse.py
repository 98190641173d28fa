"""Whether the database answers: one read and one small write, within a second, in a thread of their own."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime

from bot.audit import watch
from bot.health.check import Stored
from bot.store import errands
from bot.store.database import Database
from bot.store.vitals import beat, vitals

WITHIN = 1.0  # seconds
log = logging.getLogger("toban.health")


class Pulse:
    """Takes the pulse; one that never ends holds one thread, not one for each who asks."""

    def __init__(self, db: Database, now: Callable[[], datetime], within: float = WITHIN) -> None:
        """`within` is in seconds."""
        self._db, self._now, self._within = db, now, within
        self._hand = ThreadPoolExecutor(1, "pulse")
        self._taking: Future[Stored] | None = None
        self._since = 0.0

    def take(self) -> Stored | str:
        """What the database says now, or why it says nothing."""
        if self._taking is None:
            self._taking, self._since = self._hand.submit(self._take), time.monotonic()
        if not wait([self._taking], self._within).done:
            waited = time.monotonic() - self._since
            return f"the database does not answer for {waited:.0f} s: look at its disk, or at its server"
        taken, self._taking = self._taking, None
        if error := taken.exception():  # whatever a database can say: it is told to who looks
            log.warning("the database refuses: %s", error, extra={"action": "health.database"})
            name = type(error).__name__
            return f"the database refuses ({name}): look for health.database in the log, and at its disk"
        return taken.result()

    def close(self) -> None:
        """Nobody asks any more."""
        self._hand.shutdown(wait=False, cancel_futures=True)

    def _take(self) -> Stored:
        now = self._now()
        stored = self._db.read(lambda tx: Stored(vitals(tx, now), watch.is_open(tx), errands.workers(tx)))
        self._db.write(lambda tx: beat(tx, now))
        return stored
