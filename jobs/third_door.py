"""The third door of one process: a thread for each queue, and one that sees to what they brought."""

import logging
import threading
from collections.abc import Callable, Sequence

from bot.event import Queue
from bot.flow.path import Path
from jobs import context, dead_letters, escalation
from jobs.inbox import Door, Inbox

log = logging.getLogger("toban.events")


class ThirdDoor:
    """Receives until it is stopped; what was not deleted comes again, to the next process."""

    def __init__(self, path: Path, queues: Sequence[Queue], door: Door) -> None:
        """Ready to start; asks AWS nothing yet."""
        self._path, self._queues, self._door = path, queues, door
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Open it, if the config names a queue."""
        for queue in self._queues:
            inbox = Inbox(self._path.aws, queue, self._door, self._stop)
            self._run(inbox.run, f"queue {queue.name}")
        if self._queues:
            self._run(self._see_to, "events")

    def stop(self) -> None:
        """Take in what is in hand; a receive that waits is not waited for, since it changes nothing."""
        self._stop.set()
        for thread in self._threads:
            thread.join(1.0)

    def _run(self, do: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=do, name=name, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _see_to(self) -> None:
        seen_to = dead_letters.Watch(self._path, self._queues, self._door.reports)
        while not self._stop.wait(escalation.LOOK_EVERY.total_seconds()):
            try:
                escalation.look(self._path)
                context.look(self._path)
                seen_to.look()
            except Exception:  # the edge of a thread: the next look tries again
                log.exception("a look failed", extra={"action": "events.look-failed"})
