"""One drill that is under way: what its probes are answered is kept, and somebody ends it when it must end.

Nothing here is the way back: that is rows, and the engine's.  Who dies with this process is the watcher; the
next one goes on with the same drill, and the report says for how long nobody asked.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection

from bot.bell import Topic
from bot.drill import Alarm, Drill, Mark
from bot.flow import cancel
from bot.flow.path import Path
from bot.operation import ENDS, Operation
from bot.probe import Probe, Sample
from bot.store import drills, marks, operations, outbox, samples, steps
from bot.store.outbox import Mail
from bot.words import Words, words
from jobs.drills.course import Course, course
from jobs.drills.referee import why_end

SHOW_EVERY = timedelta(seconds=5)
"""Slack takes an edit a second, and a picture has to be drawn and sent each time."""
MEMORY = timedelta(minutes=10)
"""How long answers are remembered here: longer than any probe's window."""


class Prober(Protocol):
    """Asks until it is stopped."""

    def start(self) -> None:
        """Begin to ask."""

    def stop(self) -> None:
        """Ask nothing more."""


Probing = Callable[[Sequence[Probe], Callable[[Sample], None]], Prober]
"""Makes who asks these probes, and hands every answer on."""


@dataclass(slots=True)
class Room:
    """Where one drill is watched."""

    path: Path
    number: int
    prober: Prober
    came: deque[Sample]  # what has not been kept yet
    recent: deque[Sample] = field(default_factory=deque)
    ringing: frozenset[Alarm] = frozenset()
    blind_since: datetime | None = None  # its alarms cannot be seen; None: they can
    shown: datetime | None = None

    @classmethod
    def of(cls, path: Path, drill: Drill, probing: Probing) -> "Room":
        """Begin to ask."""
        came: deque[Sample] = deque()
        prober = probing(drill.spec.probes, came.append)
        prober.start()
        return cls(path, drill.number, prober, came)

    def turn(self) -> bool:
        """Keep what came, see how far it is, end it if it must end; False: it is over."""
        fresh = self._fresh()
        now = self.path.now()
        drill, operation, stands = self.path.db.read(self._stands)
        if drill is None or operation is None:
            return False
        over = operation.state in ENDS
        reason = None if over else self._why_end(drill, stands, now)
        self.path.db.write(lambda tx: self._note(tx, fresh, drill, operation, stands, reason))
        if reason is not None:
            cancel.cancel(self.path, self.number, marks.TOBAN)
        self.path.ring(Topic.MAIL, *((Topic.WAITS,) if stands.returning else ()))
        return not over

    def close(self) -> None:
        """Ask nothing more, and keep what came last."""
        self.prober.stop()
        if fresh := self._fresh():
            self.path.db.write(lambda tx: samples.add(tx, self.number, fresh))

    def _fresh(self) -> list[Sample]:
        fresh = [self.came.popleft() for _ in range(len(self.came))]
        self.recent.extend(fresh)
        while self.recent and self.recent[0].at < self.path.now() - MEMORY:
            self.recent.popleft()
        return fresh

    def _stands(self, tx: Connection) -> tuple[Drill | None, Operation | None, Course]:
        rows = steps.rows(tx, self.number)
        return drills.get(tx, self.number), operations.get(tx, self.number), course(rows)

    def _note(
        self,
        tx: Connection,
        fresh: Sequence[Sample],
        drill: Drill,
        operation: Operation,
        stands: Course,
        reason: Words | None,
    ) -> None:
        now = self.path.now()
        if fresh:
            samples.add(tx, self.number, fresh)
        moments = _moments(tx, drill, stands, over=operation.state in ENDS, now=now)
        if moments:
            drills.change(tx, self.number, **moments)
        if reason is None and operation.cancelled_by and _early(tx, drill, stands):
            drills.stop(tx, self.number, words("{person} ended it", person=operation.cancelled_by))
        if reason is not None:
            drills.stop(tx, self.number, reason)
        if moments or reason or self.shown is None or now - self.shown >= SHOW_EVERY:
            self.shown = now
            _show(self.path, tx, operation)

    def _why_end(self, drill: Drill, stands: Course, now: datetime) -> Words | None:
        blind = now - self.blind_since if self.blind_since else timedelta(0)
        return why_end(drill, stands, self.recent, self.ringing, now, blind)

    def hear(self, heard: Sequence[Mark], ringing: frozenset[Alarm] | None) -> None:
        """What AWS says meanwhile; None: its alarms cannot be seen."""
        if ringing is None:
            self.blind_since = self.blind_since or self.path.now()
        else:
            self.blind_since, self.ringing = None, ringing
        if heard:
            self.path.db.write(lambda tx: marks.add(tx, self.number, heard))


def _moments(
    tx: Connection, drill: Drill, stands: Course, *, over: bool, now: datetime
) -> dict[str, datetime]:
    """The moments of its life that have come.  A call counts from when it was sent."""
    sent = {one.way_back: one.at for one in reversed(marks.called(tx, drill.number))}
    found = {}
    if stands.broken and drill.broken is None:
        found["broken"] = sent.get(False, now)
    if stands.returning and drill.returning is None:
        found["going_back"] = sent.get(True, now)
    if stands.restored and drill.restored is None:
        found["restored"] = now
    if over and drill.ended is None:
        found["ended"] = now
    return found


def _early(tx: Connection, drill: Drill, stands: Course) -> bool:
    """Whether somebody ended it before its time; what has no way back has no other end of its own."""
    at = marks.ended(tx, drill.number)
    if at is None or drill.stopped is not None:
        return False
    return drill.broken is None or not stands.lasting or at < drill.broken + drill.spec.lasts


def _show(path: Path, tx: Connection, operation: Operation) -> None:
    """Its message, where it was asked for: posted once, and edited from then on."""
    key, asker = f"{Mail.DRILL}:{operation.number}", operation.ask.asker
    outbox.put(
        tx,
        key,
        Mail.DRILL,
        path.now(),
        channel=asker.channel,
        person=asker.person,
        thread=asker.thread,
        language=path.language_in(asker.channel),
    )
    outbox.touch_key(tx, key, path.now())
