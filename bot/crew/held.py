"""The operations that this process works on, and its leases of them."""

import threading
from collections.abc import Callable, Collection
from collections.abc import Set as AbstractSet
from datetime import timedelta

from sqlalchemy import Connection

from bot.flow.path import Path
from bot.store import operations
from bot.store.operations import Claim, Take

LEASE = timedelta(seconds=30)
SHORT = timedelta(seconds=15)
"""Where others go on with what a dead process had in hand: longer than a server is away to start anew."""


class Held:
    """Taken by compare-and-set, kept while they are worked on."""

    def __init__(self, path: Path, owner: str) -> None:
        """Nothing yet."""
        self._path, self._owner = path, owner
        self._lease = SHORT if path.db.is_shared else LEASE
        self._held: dict[int, Claim] = {}
        self._lock = threading.Lock()
        self._renewed = path.now()

    def numbers(self) -> AbstractSet[int]:
        """What is held."""
        with self._lock:
            return set(self._held)

    def take(self, most: int, claim: Take = operations.claim) -> Collection[Claim]:
        """Hold what wants to be looked at and nobody holds."""
        now = self._path.now()
        if not self._path.db.read(lambda tx: operations.is_due(tx, now)):
            return []
        return self._keep(lambda tx: claim(tx, now, self._owner, self._lease, most))

    def take_one(self, number: int) -> Claim | None:
        """Hold this one, if it wants to be looked at and nobody holds it."""
        now = self._path.now()

        def claim(tx: Connection) -> Collection[Claim]:
            taken = operations.claim_one(tx, number, now, self._owner, self._lease)
            return [taken] if taken else []

        return next(iter(self._keep(claim)), None)

    def let_go(self, claim: Claim) -> None:
        """It is not worked on any more; its row says so already."""
        with self._lock:
            if self._held.get(claim.number) == claim:
                del self._held[claim.number]

    def renew(self) -> None:
        """Put off the end of the leases, when a third of it is over."""
        now = self._path.now()
        with self._lock:
            held = list(self._held.values())
        if held and now - self._renewed > self._lease / 3:
            self._renewed = now
            self._path.db.write(lambda tx: operations.renew(tx, held, now + self._lease))

    def _keep(self, claim: Callable[[Connection], Collection[Claim]]) -> Collection[Claim]:
        taken = self._path.db.write(claim)
        with self._lock:
            self._held.update((each.number, each) for each in taken)
        return taken
