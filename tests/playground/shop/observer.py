"""Somebody at the front door who asks for the page fifty times a second, and notes how it ends."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Thread
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playground.shop import http
from playground.shop.shop import Shop

EVERY = 0.02  # seconds


@dataclass
class Observer:
    """What was seen: when each page was asked for, and the status that came, 0 for none."""

    port: int
    seen: list[tuple[datetime, int]] = field(default_factory=list)

    def errors(self) -> list[tuple[datetime, int]]:
        return sorted(one for one in self.seen if one[1] != 200)

    async def watch(self, stop: Event) -> None:
        loop, asked = asyncio.get_running_loop(), set[asyncio.Task[None]]()
        due = loop.time()
        while not stop.is_set():
            asked.add(asyncio.create_task(self._ask()))
            due += EVERY
            await asyncio.sleep(max(due - loop.time(), 0))
        await asyncio.gather(*asked)

    async def _ask(self) -> None:
        at = datetime.now(UTC)
        try:
            status = (await http.fetch(self.port, "/", 15)).status
        except (http.Refused, http.HungUp, TimeoutError):
            status = 0
        self.seen.append((at, status))


@contextmanager
def observing(shop: Shop) -> Iterator[Observer]:
    """Watch until the end; then all answers are there."""
    observer, stop = Observer(urlsplit(shop.url).port or 0), Event()
    thread = Thread(target=lambda: asyncio.run(observer.watch(stop)))
    thread.start()
    try:
        yield observer
    finally:
        stop.set()
        thread.join()


def page(shop: Shop, path: str = "") -> tuple[int, str]:
    """Status and body of a page."""
    try:
        with urlopen(shop.url + path, timeout=15) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def wait_until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something is so.  Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)


def is_well(shop: Shop) -> bool:
    return not shop.truth.now


def is_broken(shop: Shop) -> bool:
    return bool(shop.truth.now)
