"""The engine: hands out operations to workers, and keeps the waits looked at.

A worker takes one operation as far as it goes now.  Nothing is remembered here that is not a row: after
a crash the next engine finds every operation by its `wake` and every wait by its `next_look`.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

from bot import logs
from bot.bell import Bell, Topic
from bot.courtesy import GiveWay, at_once
from bot.flow import carry_out, last_resort, plan, revise, start, stumble, watch
from bot.flow.path import Path
from bot.operation import Fenced, IllegalMove, State
from bot.store import hurry, operations
from bot.store.operations import Claim, Take

log = logging.getLogger("toban.engine")
LEASE = timedelta(seconds=30)
WORKERS = 2  # operations worked on at the same time; more would only take turns in one interpreter
KEPT = 2  # of workers, beside those, for what puts something back or stops something
LOOK_EVERY = 1.0  # seconds: when nobody rang, so that a moment that has come is noticed


class Engine:
    """Workers of one process."""

    def __init__(
        self,
        path: Path,
        bell: Bell,
        give_way: GiveWay = at_once,
        workers: int = WORKERS,
        owner: str = "",
    ) -> None:
        """Ready to start; `run_until_idle` needs no threads."""
        self._give_way = give_way
        self._path = path
        self._bell = bell
        self._workers = workers
        self._owner = owner or f"{socket.gethostname()}:{os.getpid()}"
        self._held: dict[int, Claim] = {}
        self._hurried: set[int] = set()  # of these, what the worker that is kept works on
        self._renewed = path.now()
        self._stopping = threading.Event()
        self._pool: ThreadPoolExecutor | None = None
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Take back what a dead process held, then work until `stop`."""
        if not self._path.db.is_shared:  # otherwise its leases run out: whoever holds one may be alive
            self._path.db.write(operations.forget_leases)
        self._pool = ThreadPoolExecutor(self._workers + KEPT, "worker")
        for topic, turn in ((Topic.WORK, self._dispatch), (Topic.WAITS, self._watch)):
            thread = threading.Thread(target=self._serve, args=(topic, turn), name=topic, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Begin nothing new, and wait for what is in hand; its waits stay rows."""
        self._stopping.set()
        self._bell.ring()
        for thread in self._threads:
            thread.join()
        if self._pool is not None:
            self._pool.shutdown(wait=True)

    def run_until_idle(self) -> None:
        """Work in this thread until nothing is due: for tests and for the console script."""
        while True:
            claims = self._claim(1)
            for claim in claims:
                work(self._path, claim)
            if not claims and not watch.watch(self._path):
                return

    def _serve(self, topic: Topic, turn: Callable[[], None]) -> None:
        ear = self._bell.ear(topic)
        while not self._stopping.is_set():
            try:
                turn()
            except Exception as error:  # the edge of a thread: it must outlive one bad turn
                log.exception("a turn failed", extra={"action": "engine.turn-failed"})
                self._put_back(error)
            ear.wait(LOOK_EVERY)

    def _put_back(self, error: Exception) -> None:
        """Where nothing can be committed any more, faults end all the same."""
        try:
            last_resort.put_back(self._path, error)
        except Exception:  # the edge of a thread: the next turn tries again
            log.exception("nothing could be put back", extra={"action": "engine.last-resort-failed"})

    def _dispatch(self) -> None:
        self._renew()
        for claim in self._next():
            self._held[claim.number] = claim
            if self._pool is not None:
                self._pool.submit(self._work, claim).add_done_callback(self._let_go(claim))

    def _next(self) -> Collection[Claim]:
        """What the free workers take; while none is free, somebody who puts something back need not wait."""
        free = self._workers - len(self._held.keys() - self._hurried)
        claims = self._claim(free) if free > 0 else ()
        if len(claims) < free or len(self._hurried) >= KEPT:
            return claims
        hurried = self._claim(KEPT - len(self._hurried), hurry.claim)
        self._hurried.update(claim.number for claim in hurried)
        return [*claims, *hurried]

    def _work(self, claim: Claim) -> None:
        self._give_way()
        with logs.about(operation=claim.number):
            work(self._path, claim)

    def _watch(self) -> None:
        self._give_way()
        if self._path.on_duty():
            watch.watch(self._path)

    def _claim(self, most: int, claim: Take = operations.claim) -> Collection[Claim]:
        now = self._path.now()
        if not self._path.db.read(lambda tx: operations.is_due(tx, now)):
            return []
        return self._path.db.write(lambda tx: claim(tx, now, self._owner, LEASE, most))

    def _renew(self) -> None:
        held, now = list(self._held.values()), self._path.now()
        if held and now - self._renewed > LEASE / 3:
            self._renewed = now
            self._path.db.write(lambda tx: operations.renew(tx, held, now + LEASE))

    def _let_go(self, claim: Claim) -> Callable[[Future[None]], None]:
        def done(_: Future[None]) -> None:
            self._held.pop(claim.number, None)
            self._hurried.discard(claim.number)
            self._bell.ring(Topic.WORK)

        return done


def work(path: Path, claim: Claim) -> None:
    """Take one operation as far as it goes now.  Whatever goes wrong is said on the operation."""
    try:
        match claim.state:
            case State.ASKED:
                plan.plan(path, claim)
            case State.WAITING:
                start.expire(path, claim)
            case State.ANSWERED:
                revise.revise(path, claim)
            case State.QUEUED | State.RUNNING:
                carry_out.carry_out(path, claim)
            case _:
                path.db.write(lambda tx: operations.release(tx, claim, None))
    except Fenced as moved:
        log.info("somebody else moved it: %s", moved, extra={"action": "engine.moved"})
    except IllegalMove as moved:
        log.info("it was moved meanwhile: %s", moved, extra={"action": "engine.moved"})
        stumble.stumbled(path, claim, moved)
    except Exception as error:  # the edge of a worker: a mistake of ours must not stop the others
        log.exception("operation %s stumbled", claim.number, extra={"action": "engine.stumbled"})
        stumble.stumbled(path, claim, error)
