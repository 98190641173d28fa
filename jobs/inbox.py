"""The third door: a queue is received from, each message becomes an event, and only then is it deleted.

A message is hidden while it is worked on, and for longer when that takes longer.  What stays undeleted, since
we died or the database was away, comes again, and its event's key is refused the second time.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from aws import queue
from aws.account import Accounts, Place
from aws.errors import AwsError
from aws.forged import Forged
from aws.queue import Message
from bot.event import Event, Queue
from bot.flow import troubles
from bot.flow.path import Path
from bot.pattern import fits
from bot.store.events import Outcome
from bot.trouble import Reading, Rule, Seen
from bot.words import Words, words
from jobs.envelope import Check, Foreign, Home, Unreadable, opened
from jobs.kept import Kept

log = logging.getLogger("toban.inbox")
HIDDEN = 60  # seconds a message is ours
PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds, doubled each time, when a queue cannot be received from
TRIES = 5  # deliveries of a message whose signature nobody can check now


@dataclass(frozen=True, slots=True)
class Door:
    """What is done with a message, whatever queue it came from."""

    path: Path
    rules: Sequence[Rule]
    names: Mapping[str, str]  # twelve digits -> the account's name in the config
    read: Callable[[Event], Reading]
    check: Check
    reports: str  # the channel that is told of what is not acted on; "": none

    def take_in(self, queue_: Queue, messages: Sequence[Message]) -> list[Message]:
        """Take these messages in; returns those that are done with, and may be deleted."""
        done, seen = [], []
        for message in messages:
            event = self._open(queue_, message)
            if isinstance(event, Event):
                rule = next(one for one in self.rules if fits(one.pattern, event.envelope))
                seen.append(Seen(event, self.read(event), rule))
            if event is not None:
                done.append(message)
        if seen:
            troubles.take_in(self.path, queue_.name, seen)
        return done

    def _open(self, queue_: Queue, message: Message) -> Event | bool | None:
        """The event; True when there is none and it was said; None when it should come again."""
        home = Home(queue_.account, queue_.region, self.names)
        try:
            return opened(message.body, home, self.path.now(), self.check)
        except Foreign as foreign:
            self._refuse(queue_, message, Outcome.REFUSED, foreign.said)
        except Unreadable as strange:
            self._refuse(queue_, message, Outcome.ASIDE, strange.said)
        except Forged as forged:
            self._refuse(
                queue_, message, Outcome.REFUSED, words("it claims to be of SNS, but {why}", why=str(forged))
            )
        except OSError as error:
            if message.times < TRIES:
                log.info(
                    "a certificate of SNS's is not to be had: %s",
                    error,
                    extra={"action": "inbox.certificate"},
                )
                return None
            why = words("the certificate of its signature is not to be had")
            self._refuse(queue_, message, Outcome.REFUSED, why)
        return True

    def _refuse(self, queue_: Queue, message: Message, outcome: Outcome, why: Words) -> None:
        now = self.path.now()
        strange = Event(
            f"message/{queue_.name}/{message.id}"[:300],
            queue_.account,
            queue_.region,
            now,
            {"body": message.body},
        )
        troubles.refuse(self.path, queue_.name, strange, outcome, why, self.reports)


class Inbox:
    """One queue, one thread."""

    def __init__(self, aws: Accounts, queue_: Queue, door: Door, stop: threading.Event) -> None:
        """Ready to be run; asks AWS nothing yet."""
        self._sqs = queue.client(aws, Place(queue_.account, queue_.region))
        self._queue, self._door, self._stop = queue_, door, stop
        self._pause = PAUSE

    def run(self) -> None:
        """Receive until `stop` is set."""
        while not self._stop.is_set():
            try:
                self.turn()
                self._pause = PAUSE
            except AwsError as error:
                log.warning("%s: %s", self._queue.name, error, extra={"action": "inbox.away"})
                self._stop.wait(self._pause)
                self._pause = min(2 * self._pause, LONGEST_PAUSE)
            except Exception:  # the edge of a thread: what was not deleted comes again
                log.exception("%s: a turn failed", self._queue.name, extra={"action": "inbox.turn-failed"})
                self._stop.wait(self._pause)

    def turn(self, wait_seconds: int = queue.LONG) -> int:
        """Receive once and take in what comes; how many messages there were.  Raises AwsError."""
        messages = queue.receive(self._sqs, self._queue.url, hidden_seconds=HIDDEN, wait_seconds=wait_seconds)
        if messages:
            with Kept(self._sqs, self._queue.url, messages, HIDDEN):
                done = self._door.take_in(self._queue, messages)
            queue.delete(self._sqs, self._queue.url, done)
        return len(messages)
