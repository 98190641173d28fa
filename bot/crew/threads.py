"""Worker threads of the one process that a database file has."""

import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor

from bot.bell import Bell, Topic
from bot.courtesy import GiveWay
from bot.crew.held import Held
from bot.crew.turns import turns
from bot.crew.work import work
from bot.flow.path import Path
from bot.store import operations
from bot.store.operations import Claim

KEPT = 2  # of workers, beside the usual ones, for what puts something back or stops something


class Threads:
    """Looks when the bell rings, and hands out what is due to whoever is free."""

    def __init__(self, path: Path, bell: Bell, give_way: GiveWay, held: Held, workers: int) -> None:
        """Ready to start."""
        self._path, self._bell, self._give_way, self._held = path, bell, give_way, held
        self._workers = workers
        self._hurried: set[int] = set()  # of these, what the worker that is kept works on
        self._stopping = threading.Event()
        self._pool = ThreadPoolExecutor(workers + KEPT, "worker")
        self._thread = threading.Thread(target=self._run, name=Topic.WORK, daemon=True)

    def start(self) -> None:
        """Take back what a dead process held, then work until `stop`."""
        self._path.db.write(operations.forget_leases)
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing new, and wait for what is in hand."""
        self._stopping.set()
        self._bell.ring()
        self._thread.join()
        self._pool.shutdown(wait=True)

    def _run(self) -> None:
        turns(self._path, self._bell.ear(Topic.WORK), self._turn, self._stopping)

    def _turn(self) -> None:
        self._held.renew()
        for claim in self._next():
            done = self._pool.submit(work, self._path, claim, self._give_way)
            done.add_done_callback(self._let_go(claim))

    def _next(self) -> Collection[Claim]:
        """What the free workers take; while none is free, somebody who puts something back need not wait."""
        free = self._workers - len(self._held.numbers() - self._hurried)
        claims = self._held.take(free) if free > 0 else ()
        if len(claims) < free or len(self._hurried) >= KEPT:
            return claims
        hurried = self._held.take(KEPT - len(self._hurried), operations.claim_hurried)
        self._hurried.update(claim.number for claim in hurried)
        return [*claims, *hurried]

    def _let_go(self, claim: Claim) -> Callable[[Future[None]], None]:
        def done(_: Future[None]) -> None:
            self._held.let_go(claim)
            self._hurried.discard(claim.number)
            self._bell.ring(Topic.WORK)

        return done
