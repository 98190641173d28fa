"""Carrying out: lanes side by side, each looked at, intended, called and answered in groups.

One thread decides and commits; the threads of the traffic only ask AWS.  In each turn it commits, in one
transaction, what came back and what goes out next, so that the threads always have calls whose intents
are on the disk.
"""

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from threading import Semaphore

from sqlalchemy import Connection

from bot.bell import Topic
from bot.command import Replay
from bot.flow import look, outcomes
from bot.flow.call import Call, Hand, Outcome, finish, finish_each, is_way_back, make
from bot.flow.explain import MOST, explain, is_over
from bot.flow.intents import Wanted, intend, withdraw
from bot.flow.look import Looked
from bot.flow.outcomes import Later
from bot.flow.traffic import News, Traffic
from bot.operation import StepState
from bot.store import moments, needs, operations, ready
from bot.store.needs import Kind
from bot.store.ready import START, Cursor, Lane
from bot.words import Words
from bot.words import words as _

AROUND = 0.2  # seconds: how often to ask what else has become ready
FEW = 64  # calls that were looked at; with fewer the next look begins


@dataclass(slots=True)
class Ahead:
    """What lies ahead in one lane."""

    calls: deque[Wanted] = field(default_factory=deque)  # looked at, and still planned
    after: Cursor = START
    looking: bool = False
    over: bool = False  # nothing more was ready when it was read
    full: bool = False  # as many are in flight as may be
    rests: datetime | None = None  # AWS asked for patience

    @property
    def wants_a_look(self) -> bool:
        """Whether the next steps are to be read and looked at."""
        return not (self.looking or self.over or self.full or self.rests) and len(self.calls) < FEW

    def begin_again(self) -> None:
        """There is something to read again, unless it is what is known already."""
        if not self.calls and not self.looking:
            self.after, self.over = START, False


class Drive:
    """One worker carries out one operation, as far as it goes now."""

    def __init__(self, hand: Hand) -> None:
        """Nothing is on its way."""
        self._hand, self._path = hand, hand.path
        self._traffic = Traffic(hand.path.calls, self._make)
        self._lanes: dict[Lane, Ahead] = {}
        self._answered: set[Lane] = set()  # since what is awaited there was last looked at
        self._unsure: list[datetime] = []  # when to ask again for calls without an answer
        self._sure_until: datetime | None = None  # the lease: nobody else can hold the operation
        self._looked_around = float("-inf")
        self._cancelled_by = ""
        self._to_explain = Semaphore(MOST)  # so many refusals, and no more
        self._stale = self._struck = self._found_nothing = False

    def run(self) -> list[Later]:
        """Make every call that can be made; returns when to come back, and for what."""
        try:
            while not self._traffic.has_failed and self._turn():
                pass
        finally:
            unsent = self._traffic.close()
        self._wind_up(unsent)
        self._traffic.raise_failure()
        return list(self._later())

    # -- one turn ---------------------------------------------------------------------------------------

    def _turn(self) -> bool:
        news = self._traffic.gather()
        for looked in news.looked:
            self._take_in(looked)
        around = self._is_time_to_look_around()
        if around:
            self._path.db.read(self._look_around)
        wrote = self._write(news)
        self._begin_looks()
        if wrote or self._traffic.is_busy:
            self._found_nothing = False
            return True
        done, self._found_nothing = around, True
        return not done

    def _is_time_to_look_around(self) -> bool:
        now = time.monotonic()
        if not self._found_nothing and now - self._looked_around < AROUND:
            return False
        self._looked_around = now
        return True

    def _look_around(self, tx: Connection) -> None:
        """Which lanes have something to call by now, and whether somebody wants it to stop."""
        number, now = self._hand.held.number, self._path.now()
        self._struck = moments.has_come(tx, number, now)
        self._cancelled_by = operations.still_ours(tx, self._hand.held)
        self._sure_until = operations.held_until(tx, self._hand.held)
        self._stale = ready.is_lost(tx, number) or bool(
            self._cancelled_by and ready.is_cancellable(tx, number)
        )
        for lane in ready.lanes(tx, number):
            self._lanes.setdefault(lane, Ahead()).begin_again()
        for ahead in self._lanes.values():
            ahead.full = ahead.full and not self._traffic.is_busy
            ahead.rests = ahead.rests if ahead.rests and ahead.rests > now else None

    def _take_in(self, looked: Looked) -> None:
        ahead = self._lanes[looked.lane]
        ahead.looking, ahead.full = False, looked.full
        if looked.rows:
            ahead.calls.extend(looked.calls)
            ahead.after = ready.cursor(looked.rows)
        ahead.over = len(looked.rows) < looked.most

    def _begin_looks(self) -> None:
        if self._is_to_stop():
            return
        for lane, ahead in self._lanes.items():
            if ahead.wants_a_look:
                ahead.looking = True
                self._traffic.look(partial(look.look, self._hand, lane, ahead.after))

    def _is_to_stop(self) -> bool:
        """A call without an answer is to be settled now; that is done with nothing else under way."""
        return bool(self._unsure) and min(self._unsure) <= self._path.now()

    # -- what goes out next -----------------------------------------------------------------------------

    def _next(self) -> list[Wanted]:
        """The calls whose intents are to be committed in this turn."""
        if self._is_to_stop():
            return []
        moving = {lane: ahead for lane, ahead in self._lanes.items() if ahead.calls and not ahead.rests}
        wanted = []
        for lane, ahead in moving.items():
            known = self._hand.action(lane.action).replay is not Replay.AT_MOST_ONCE
            lacks = self._traffic.lacks(lane, lanes=len(moving), ahead=known)
            wanted += [ahead.calls.popleft() for _ in range(min(lacks, len(ahead.calls)))]
        return wanted

    def _fitting(self, tx: Connection, wanted: Sequence[Wanted]) -> Iterator[Wanted]:
        """Those for which there is room in their lane; who finds none is looked at again later."""
        left: dict[Lane, int] = {}
        for one in wanted:
            lane, action = one.lane, self._hand.action(one.lane.action)
            if action.at_once is None:
                yield one
                continue
            left.setdefault(lane, look.room(tx, action, lane))
            if left[lane] >= min(len(one.rows), action.at_once):
                left[lane] -= len(one.rows)
                yield one
            else:
                self._lanes[lane].calls.clear()
                self._lanes[lane].full = True

    # -- what is committed ------------------------------------------------------------------------------

    def _write(self, news: News) -> bool:
        wanted = self._next()
        ends = [one for one in news.looked if one.ends_something]
        self._answered |= {one.call.lane for one in news.outcomes}
        dry = self._dry() - {one.lane for one in wanted}
        if not (news.outcomes or ends or wanted or dry or self._stale or self._struck):
            return False
        calls, later = self._path.db.write(partial(self._commit, news.outcomes, ends, wanted))
        self._stale = self._struck = False
        self._answered -= self._dry() - {call.lane for call in calls}
        self._come_back(later)
        self._traffic.send(calls)
        if news.outcomes or ends or dry:
            self._path.ring(Topic.WAITS, Topic.MAIL)
        return True

    def _commit(
        self, came: Sequence[Outcome], ends: Sequence[Looked], wanted: Sequence[Wanted], tx: Connection
    ) -> tuple[list[Call], list[Later]]:
        hand = self._hand
        self._cancelled_by = operations.still_ours(tx, hand.held)
        later = outcomes.note(hand, tx, came)
        if self._cancelled_by:
            self._stop(tx)
            wanted = [one for one in wanted if is_way_back(one.rows)]
        for one in ends:
            later += look.note(hand, tx, one, cancelled=bool(self._cancelled_by))
        give_up_lost(hand, tx)
        if self._struck:
            moments.let_go(tx, hand.held.number, hand.path.now())
        calls = intend(hand, tx, list(self._fitting(tx, wanted)))
        outcomes.look_now(hand, tx, self._dry() - {call.lane for call in calls})
        return calls, later

    def _dry(self) -> set[Lane]:
        """Lanes in which calls were answered, and nothing more goes out just now."""
        idle = {lane for lane in self._answered if not self._traffic.has(lane)}
        return {lane for lane in idle if not (self._lanes[lane].calls or self._lanes[lane].looking)}

    def _stop(self, tx: Connection) -> None:
        """Somebody cancelled: what was not sent is not sent any more, ways back excepted."""
        withdraw(self._hand, tx, self._traffic.take_back(lambda call: not call.is_way_back))
        for ahead in self._lanes.values():
            ahead.calls = deque(one for one in ahead.calls if is_way_back(one.rows))
        rows = ready.may_be_cancelled(tx, self._hand.held.number)
        finish(self._hand, tx, rows, StepState.SKIPPED, _cancelled(self._cancelled_by))

    def _wind_up(self, unsent: Sequence[Call]) -> None:
        """What came back last, and what was intended but not sent."""
        came = self._traffic.gather().outcomes
        if not came and not unsent:  # then every lane ran dry, and was looked at
            return

        def change(tx: Connection) -> list[Later]:
            operations.still_ours(tx, self._hand.held)
            later = outcomes.note(self._hand, tx, came)
            outcomes.look_now(self._hand, tx, tuple(self._lanes))
            withdraw(self._hand, tx, unsent)
            return later

        self._come_back(self._path.db.write(change))
        self._path.ring(Topic.WAITS, Topic.MAIL)

    # -- when to come back ------------------------------------------------------------------------------

    def _come_back(self, later: Sequence[Later]) -> None:
        for one in later:
            if one.lane is None:
                self._unsure.append(one.moment)
                continue
            ahead = self._lanes.setdefault(one.lane, Ahead())
            ahead.rests = max(one.moment, ahead.rests or one.moment)
            ahead.calls.clear()

    def _later(self) -> Iterator[Later]:
        for moment in self._unsure:
            yield Later(moment)
        for lane, ahead in self._lanes.items():
            if ahead.rests:
                yield Later(ahead.rests, lane)
            elif ahead.full:
                yield Later(self._path.now() + self._hand.action(lane.action).every, lane)

    # -- in a thread of the traffic ---------------------------------------------------------------------

    def _make(self, call: Call) -> Outcome:
        """Make a call.  Its intent may be older than the lease: then it is asked who holds the operation."""
        if self._sure_until is None or self._path.now() >= self._sure_until:
            self._path.db.read(lambda tx: operations.still_ours(tx, self._hand.held))
        outcome = make(self._hand, call)
        if is_over(self._hand, outcome) and self._to_explain.acquire(blocking=False):
            return explain(self._hand, outcome)
        return outcome


def give_up_lost(hand: Hand, tx: Connection, most: int = 1000) -> None:
    """Skip the steps that can never be called any more, and those that need these."""
    number = hand.held.number
    while lost := needs.lost(tx, number, most):
        rows = ready.these(tx, tuple(lost))
        finish_each(hand, tx, [(row, _why_lost(*lost[row.id])) for row in rows], StepState.SKIPPED)


def _why_lost(key: str, kind: Kind) -> Words:
    if kind is Kind.UNDOES:
        return _("nothing to undo, since {key} was not called", key=key)
    return _("not done, since {key} was not done", key=key)


def _cancelled(person: str) -> Words:
    return _("cancelled by {person}", person=person)
