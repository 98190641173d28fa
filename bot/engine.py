"""The engine: has operations worked on, and keeps the waits looked at.

A worker takes one operation as far as it goes now: a thread of this process where a file is the state, one
of Procrastinate's where a PostgreSQL is; both do `bot.crew.work`.  Nothing is remembered here that is not a
row: after a crash the next engine finds every operation by its `wake` and every wait by its `next_look`.
"""

import os
import socket
import threading
from collections.abc import Collection
from functools import cached_property
from typing import Protocol

from bot.bell import Bell, Topic
from bot.courtesy import GiveWay, at_once
from bot.crew.held import LEASE, Held
from bot.crew.threads import KEPT, Threads
from bot.crew.turns import turns
from bot.crew.work import work
from bot.flow import watch
from bot.flow.path import Path
from bot.store.operations import Claim

__all__ = ["KEPT", "LEASE", "WORKERS", "Engine"]

WORKERS = 2  # operations worked on at the same time; more would only take turns in one interpreter


class Crew(Protocol):
    """Those who work on operations."""

    def start(self) -> None:
        """Work until `stop`."""

    def stop(self) -> None:
        """Begin nothing new, and wait for what is in hand."""


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
        self._held = Held(path, owner or f"{socket.gethostname()}:{os.getpid()}")
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name=Topic.WAITS, daemon=True)

    def start(self) -> None:
        """Work until `stop`."""
        self._crew.start()
        self._watcher.start()

    def stop(self) -> None:
        """Begin nothing new, and wait for what is in hand; its waits stay rows."""
        self._stopping.set()
        self._bell.ring()
        self._crew.stop()
        self._watcher.join()

    def run_until_idle(self) -> None:
        """Work in this thread until nothing is due: for tests and for the console script."""
        while True:
            claims = self._claim(1)
            for claim in claims:
                work(self._path, claim, at_once)
                self._held.let_go(claim)
            if not claims and not watch.watch(self._path):
                return

    @cached_property
    def _crew(self) -> Crew:
        if not self._path.db.is_shared:
            return Threads(self._path, self._bell, self._give_way, self._held, self._workers)
        from bot.crew.runners import Runners  # noqa: PLC0415 - Procrastinate, which a file does without

        return Runners(self._path, self._give_way, self._held, self._workers)

    def _claim(self, most: int) -> Collection[Claim]:
        return self._held.take(most)

    def _watch(self) -> None:
        turns(self._path, self._bell.ear(Topic.WAITS), self._turn, self._stopping)

    def _turn(self) -> None:
        self._give_way()
        if self._path.on_duty():
            watch.watch(self._path)
