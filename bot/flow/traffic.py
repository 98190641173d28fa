"""Calls on their way: threads that take the next intended call, a fair share of them for each lane.

A lane that waits for EC2's buckets would otherwise take every thread, and the lanes beside it would
wait for buckets that are full.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from threading import Condition

from bot.flow.call import Call, Outcome
from bot.flow.look import Looked
from bot.store.ready import Lane

SIDE_BY_SIDE = 32  # calls of one operation
FEWEST = 2  # calls of one lane, however many lanes there are
ENOUGH = 32  # answers that are worth a commit, though more will come
LINGER = 0.05  # seconds to wait for more of them


@dataclass(frozen=True, slots=True)
class News:
    """What came back since the last time."""

    outcomes: list[Outcome]
    looked: list[Looked]


class Traffic:
    """The calls and looks of one operation.  One thread hands them in; those of a pool make them."""

    def __init__(self, pool: Executor, make: Callable[[Call], Outcome], most: int = SIDE_BY_SIDE) -> None:
        """Nothing is on its way."""
        self._pool, self._make, self._most = pool, make, most
        self._changed = Condition()
        self._queues: dict[Lane, deque[Call]] = {}
        self._out: Counter[Lane] = Counter()
        self._runners = self._looks = 0
        self._news = News([], [])
        self._failed: BaseException | None = None
        self._closed = False

    # -- for the thread that hands in -------------------------------------------------------------------

    @property
    def is_busy(self) -> bool:
        """Whether anything will still come back."""
        return bool(self._runners or self._looks)

    @property
    def has_failed(self) -> bool:
        """Whether a mistake of ours stopped it: nothing more is begun."""
        return self._failed is not None

    def gather(self) -> News:
        """What came back: at once when it is much, or all there will be; otherwise after a little."""
        with self._changed:
            self._changed.wait_for(self._is_worth_it, LINGER)
            news, self._news = self._news, News([], [])
        return news

    def look(self, take: Callable[[], Looked]) -> None:
        """Take a look in a thread of its own."""
        with self._changed:
            self._looks += 1
        self._pool.submit(take).add_done_callback(self._looked)

    def send(self, calls: Iterable[Call]) -> None:
        """Have these calls made: their intents are committed."""
        with self._changed:
            for call in calls:
                self._queues.setdefault(call.lane, deque()).append(call)
            waiting = sum(map(len, self._queues.values()))
            new = min(self._most - self._runners, waiting)
            self._runners += max(new, 0)
        for _ in range(new):
            self._pool.submit(self._run).add_done_callback(self._ran)

    def lacks(self, lane: Lane, *, lanes: int, ahead: bool) -> int:
        """How many more calls this lane, one of so many, could be given now."""
        with self._changed:
            share = self._share(lanes)
            waiting = len(self._queues.get(lane, ()))
            if ahead:
                return share * 3 // 2 - waiting
            untold = sum(one.call.lane == lane for one in self._news.outcomes)  # intended until it is told
            return share - waiting - self._out[lane] - untold

    def has(self, lane: Lane) -> bool:
        """Whether calls of this lane wait, or are on their way."""
        with self._changed:
            return lane in self._queues or self._out[lane] > 0

    def take_back(self, which: Callable[[Call], bool] = lambda _call: True) -> list[Call]:
        """The calls that were not begun; they will not be."""
        with self._changed:
            taken = [call for queue in self._queues.values() for call in queue if which(call)]
            kept = {
                lane: deque(one for one in queue if not which(one)) for lane, queue in self._queues.items()
            }
            self._queues = {lane: queue for lane, queue in kept.items() if queue}
        return taken

    def close(self) -> list[Call]:
        """Begin nothing more and wait for what is on its way; returns the calls that were not begun.

        A call that is still on its way must not outlive the worker's hold on its operation.
        """
        unsent = self.take_back()
        with self._changed:
            self._closed = True
            self._changed.wait_for(lambda: not self.is_busy)
        return unsent + self.take_back()

    def raise_failure(self) -> None:
        """Raise the mistake that stopped it."""
        if self._failed is not None:
            raise self._failed

    # -- for the threads of the pool --------------------------------------------------------------------

    def _run(self) -> None:
        while (call := self._next()) is not None:
            outcome = None
            try:
                outcome = self._make(call)
            finally:
                self._came_back(call, outcome)

    def _next(self) -> Call | None:
        """The next call, a way back first; None: this thread is not needed any more."""
        with self._changed:
            share = self._share(len(self._queues.keys() | +self._out))
            free = [lane for lane in self._queues if self._out[lane] < share]
            if self._closed or not free:
                self._runners -= 1
                self._changed.notify()
                return None
            lane = min(free, key=lambda one: (not self._queues[one][0].is_way_back, self._out[one]))
            call = self._queues[lane].popleft()
            if not self._queues[lane]:
                del self._queues[lane]
            self._out[lane] += 1
            return call

    def _came_back(self, call: Call, outcome: Outcome | None) -> None:
        with self._changed:
            self._out[call.lane] -= 1
            if outcome is not None:
                self._news.outcomes.append(outcome)
                if self._is_worth_it():
                    self._changed.notify()

    def _ran(self, runner: Future[None]) -> None:
        if error := runner.exception():
            self._fail(error)
            with self._changed:
                self._runners -= 1
                self._changed.notify()

    def _looked(self, taken: Future[Looked]) -> None:
        if error := taken.exception():
            self._fail(error)
        with self._changed:
            self._looks -= 1
            if not error:
                self._news.looked.append(taken.result())
            self._changed.notify()

    def _fail(self, error: BaseException) -> None:
        with self._changed:
            self._failed = self._failed or error
            self._closed = True

    # -- within the lock --------------------------------------------------------------------------------

    def _share(self, lanes: int) -> int:
        return max(FEWEST, self._most // max(lanes, 1))

    def _is_worth_it(self) -> bool:
        much = len(self._news.outcomes) >= ENOUGH or bool(self._news.looked)
        nothing_more = not self._queues and not +self._out and not self._looks
        return much or nothing_more or self.has_failed
