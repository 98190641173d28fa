"""The outbox: hands out what is due, one lane beside the other, each in its order."""

import logging
import random
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, tzinfo
from typing import Protocol

from bot import logs
from bot.command import Risk
from bot.console import Console
from bot.courtesy import GiveWay, at_once
from bot.flow.path import always
from bot.language import Languages
from bot.outbox.ladder import Ladder
from bot.outbox.pace import Pace, Timing
from bot.outbox.pictures import Pictures
from bot.outbox.post import Post
from bot.outbox.reach import OffDuty, Reach
from bot.outbox.send import Sender
from bot.outbox.view import lane
from bot.outbox.write import Writer
from bot.picture.painter import Painter
from bot.store import delivery
from bot.store.database import Database
from bot.store.outbox import Letter

log = logging.getLogger("toban.outbox")
AT_ONCE = 200  # letters looked at in one turn
LOOK_EVERY = 1.0  # seconds: when nobody rang


class Bell(Protocol):
    """Wakes whoever waits for work."""

    def ring(self) -> None:
        """There may be work."""

    def wait(self, seconds: float) -> None:
        """Return when it was rung since the last time, or after so many seconds."""


def _nobody_waits() -> None:
    """For turns that wait themselves."""


class Outbox:
    """Sends what the path committed.  One at a time may call `send_due` or `run`."""

    def __init__(
        self,
        db: Database,
        post: Post,
        languages: Languages,
        zone: tzinfo,
        risks: Mapping[str, Risk],
        now: Callable[[], datetime],
        *,
        timing: Timing | None = None,
        jitter: Callable[[], float] = random.random,
        give_way: GiveWay = at_once,
        workers: int = 2,
        painter: Painter | None = None,
        reports: str = "",
        console: Console | None = None,
        on_duty: Callable[[], bool] = always,
    ) -> None:
        """Ready to send; `risks` are those of the actions, by their names.

        Of several processes that is one at a time, the one `on_duty`.

        `reports` is the channel for alarms whose own takes no messages; "": there is none.
        """
        timing = timing or Timing()
        self._db, self._now, self._on_duty = db, now, on_duty
        self._pace = Pace(timing)
        writer = Writer(languages, zone, risks, console or Console())
        pictures = Pictures(db, post, painter or Painter(languages, zone), writer, timing, now)
        reach = Reach(db, post, writer, Ladder(writer, pictures, now), self._pace, timing, now, on_duty)
        self._sender = Sender(db, reach, self._pace, timing, now, jitter, reports)
        self._pool = ThreadPoolExecutor(workers, "outbox")
        self._give_way = give_way
        self._lock = threading.Lock()
        self._going: set[str] = set()  # lanes somebody is busy with

    def send_due(self) -> bool:
        """Send what may be sent now, and return when that is done; False: there was nothing."""
        handed = self._hand_out(_nobody_waits)
        for each in handed:
            each.result()
        return bool(handed)

    def run(self, stop: threading.Event, bell: Bell) -> None:
        """Send until `stop` is set and the bell rung, then finish what is in hand."""
        while not stop.is_set():
            try:
                handed = self._hand_out(bell.ring)  # which rings again when a lane is done
                pause = LOOK_EVERY if handed else self._pause()
            except Exception:  # the edge of a thread: it must outlive one bad turn
                log.exception("a turn failed", extra={"action": "outbox.turn-failed"})
                pause = LOOK_EVERY
            bell.wait(pause)
        self.close()

    def close(self) -> None:
        """Wait for what is in hand; what is not sent stays a row."""
        self._pool.shutdown(wait=True)

    def _hand_out(self, done: Callable[[], None]) -> list[Future[None]]:
        """Give each lane that is free its letters."""
        if not self._on_duty():
            return []
        with self._lock:
            going = frozenset(self._going)
        lanes: dict[str, list[int]] = {}
        for letter in self._due(going):
            if (way := lane(letter)) not in going and way not in self._pace.held(self._now()):
                lanes.setdefault(way, []).append(letter.id)
        return [self._start(way, letters, done) for way, letters in lanes.items()]

    def _due(self, going: frozenset[str]) -> tuple[Letter, ...]:
        now = self._now()
        busy = going | self._pace.held(now)
        paced, resting = self._pace.paced(now), self._pace.resting(now)
        waits = delivery.Waits(busy, paced, resting)
        return self._db.read(lambda tx: delivery.due(tx, now, AT_ONCE, waits))

    def _start(self, way: str, letters: list[int], done: Callable[[], None]) -> Future[None]:
        with self._lock:
            self._going.add(way)

        return self._pool.submit(self._send, way, letters, done)

    def _send(self, way: str, letters: list[int], done: Callable[[], None]) -> None:
        try:
            for number in letters:
                self._send_one(number, way)
        finally:
            with self._lock:
                self._going.discard(way)
            done()

    def _send_one(self, number: int, way: str) -> None:
        self._give_way()
        with logs.about(letter=number):
            try:
                if self._on_duty():  # a process that was paused with letters in its hand finds it is not
                    self._sender.send(number, way)
            except OffDuty:
                log.info("another process sends by now", extra={"action": "outbox.off-duty"})
            except Exception:  # the edge of a worker: one bad letter must not stop the others
                log.exception("letter %s stumbled", number, extra={"action": "outbox.stumbled"})
                self._sender.stumbled(number, way)

    def _pause(self) -> float:
        """Seconds until something may be due that is not due now."""
        if not self._on_duty():
            return LOOK_EVERY
        now = self._now()
        wanted = (self._pace.next(now), self._db.read(lambda tx: delivery.upcoming(tx, now)))
        waits = [(moment - now).total_seconds() for moment in wanted if moment]
        return min([LOOK_EVERY, *waits])
