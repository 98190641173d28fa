"""The third door of one process: a thread for each queue, and two that see to what they brought."""

import logging
import threading
import time
from collections.abc import Callable, Sequence

from aws import widget
from bot.event import Queue
from bot.flow.path import Path
from bot.trouble import AlarmRules
from jobs import context, dead_letters, escalation, scaled
from jobs.deployed import Deployed
from jobs.inbox import Door, Inbox
from jobs.upkeep import Upkeep
from jobs.widget import Take, Widgets, none

log = logging.getLogger("toban.events")
IAM = (
    *widget.IAM,
    *scaled.IAM,
    "cloudtrail:LookupEvents",
    "cloudwatch:GetMetricData",
    "ec2:DescribeInstances",
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
)
"""What receiving needs, and finding out what was going on; without the last four nothing comes in."""
PATIENCE = 5.0  # seconds for what is in hand, when all is to end


class ThirdDoor:
    """Receives until it is stopped; what was not deleted comes again, to the next process."""

    def __init__(
        self, path: Path, queues: Sequence[Queue], door: Door, alarms: AlarmRules | None = None
    ) -> None:
        """Ready to start; asks AWS nothing yet."""
        rules = alarms or AlarmRules()
        self._path, self._queues, self._door = path, queues, door
        self._stop = threading.Event()
        self._inboxes: list[Inbox] = []
        self._dead = dead_letters.Watch(path, queues, door.reports)
        self._take: Take = Widgets(path).take if rules.aws_pictures else none
        self._deployed = Deployed(path, context.BEFORE)
        self._upkeep = Upkeep(path, rules.keep)

    def start(self) -> None:
        """Open it, if the config names a queue."""
        for queue in self._queues:
            inbox = Inbox(self._path.aws, queue, self._door, self._stop)
            self._inboxes.append(inbox)
            self._run(inbox.run, f"queue {queue.name}")
        if self._queues:
            self._run(lambda: self._every(self._call), "calls")
            self._run(lambda: self._every(self._find_out), "context")

    def stop(self) -> None:
        """Take in what is in hand; a receive that waits is not waited for, since it changes nothing."""
        self._stop.set()
        until = time.monotonic() + PATIENCE
        for inbox in self._inboxes:
            inbox.finish(max(0.0, until - time.monotonic()))

    def _run(self, do: Callable[[], None], name: str) -> None:
        threading.Thread(target=do, name=name, daemon=True).start()

    def _call(self) -> None:
        """Whoever is due first; then what has had its time, which no AWS keeps waiting."""
        escalation.look(self._path)
        self._upkeep.look()

    def _find_out(self) -> None:
        """AWS may take long to answer: nobody who is to be called waits for this."""
        context.look(self._path, self._take, self._deployed)
        self._dead.look()

    def _every(self, do: Callable[[], object]) -> None:
        while not self._stop.wait(escalation.LOOK_EVERY.total_seconds()):
            try:
                if self._path.on_duty():
                    do()
            except Exception:  # the edge of a thread: the next look tries again
                if not self._stop.is_set():  # else the database is closed
                    log.exception("a look failed", extra={"action": "events.look-failed"})
