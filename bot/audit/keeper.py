"""Who looks after the audit log while the bot runs: seals, anchors and verifies it, again and again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from bot.audit.anchor import EVERY, Anchors
from bot.audit.chain import Seal, last_seal
from bot.audit.seal import MOST, seal
from bot.audit.verdict import Break
from bot.audit.verify import verify
from bot.audit.watch import note

T = TypeVar("T")
WHOLE_EVERY = timedelta(days=1)
"""So often the whole log is verified, and at the start; in between what is new."""


class Store(Protocol):
    """The database, as `bot.store.database.Database` is one."""

    def read(self, look: Callable[[Connection], T]) -> T:
        """Run on a snapshot."""

    def write(self, change: Callable[[Connection], T]) -> T:
        """Run in a transaction, and return once it is committed."""


class Keeper:
    """One thread calls `tick` every few seconds, and `close` when the bot stops."""

    def __init__(self, db: Store, key: bytes, anchors: Anchors) -> None:
        self._db = db
        self._key = key
        self._anchors = anchors
        self._since: Seal | None = None
        self._verified: datetime | None = None
        self._whole: datetime | None = None  # when the whole log was verified last

    def tick(self, at: datetime) -> tuple[Break, ...]:
        """Seal what is new, anchor and verify it once a minute; returns the breaks not noted before."""
        self._seal()
        self._anchors.keep(self._db.read(last_seal), at)
        if self._verified is not None and at - self._verified < EVERY:
            return ()
        self._verified = at
        return self._verify(at)

    def close(self, at: datetime) -> None:
        """Seal and anchor what is left."""
        self._seal()
        self._anchors.keep(self._db.read(last_seal), at, now=True)

    def _seal(self) -> None:
        while self._db.write(lambda tx: seal(tx, self._key)) == MOST:
            pass

    def _verify(self, at: datetime) -> tuple[Break, ...]:
        whole = self._whole is None or at - self._whole >= WHOLE_EVERY
        since = None if whole else self._since
        anchors = self._anchors.read()  # before the snapshot, which may only be newer
        verdict = self._db.read(lambda tx: verify(tx, self._key, anchors, since))
        self._since = verdict.last
        self._whole = at if whole else self._whole
        if not verdict.breaks:
            return ()
        return self._db.write(lambda tx: note(tx, self._key, verdict, at))
