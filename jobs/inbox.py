"""The third door: a queue is received from, each message becomes an event, and only then is it deleted.

A message is hidden while it is worked on, and for longer when that takes longer.  What stays undeleted, since
we died or the database was away, comes again, and its event's key is refused the second time.  One that a
mistake of ours keeps from being taken in holds up no other, and is set aside when it has come five times.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError

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
TRIES = 5  # deliveries of a message that cannot be taken in, or whose signature nobody can check


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
                if one := self._seen(event):
                    seen.append(one)
                else:
                    why = words("no rule fits it, and there is no channel for the rest")
                    troubles.refuse(self.path, queue_.name, event, Outcome.ASIDE, why, self.reports)
            if event is not None:
                done.append(message)
        if seen:
            troubles.take_in(self.path, queue_.name, seen)
        return done

    def set_aside(self, queue_: Queue, message: Message) -> None:
        """It cannot be taken in, by a mistake of ours: it is kept as it came, and somebody is told."""
        why = words("toban stumbled over it {n} times; its log says how", n=message.times)
        self._refuse(queue_, message, Outcome.ASIDE, why)

    def _seen(self, event: Event) -> Seen | None:
        """The event beside the first rule that it fits."""
        rule = next((one for one in self.rules if fits(one.pattern, event.envelope)), None)
        return Seen(event, self.read(event), rule) if rule else None

    def _open(self, queue_: Queue, message: Message) -> Event | bool | None:
        """The event; True when there is none and it was said; None when it should come again."""
        home = Home(queue_.account, queue_.region, self.names, queue_.topics)
        try:
            return opened(message.body, home, self.path.now(), self.check)
        except Foreign as foreign:
            self._refuse(queue_, message, Outcome.REFUSED, foreign.said)
        except Unreadable as strange:
            self._refuse(queue_, message, Outcome.ASIDE, strange.said)
        except Forged as forged:
            why = words("it claims to be of SNS, but {why}", why=str(forged))
            self._refuse(queue_, message, Outcome.REFUSED, why)
        except OSError as error:
            if message.times < TRIES:
                log.info("no certificate of SNS's: %s", error, extra={"action": "inbox.certificate"})
                return None
            why = words("the certificate of its signature is not to be had")
            self._refuse(queue_, message, Outcome.REFUSED, why)
        return True

    def _refuse(self, queue_: Queue, message: Message, outcome: Outcome, why: Words) -> None:
        key, now = f"message/{queue_.name}/{message.id}"[:300], self.path.now()
        strange = Event(key, queue_.account, queue_.region, now, {"body": message.body})
        troubles.refuse(self.path, queue_.name, strange, outcome, why, self.reports)


class Inbox:
    """One queue, one thread."""

    def __init__(self, aws: Accounts, queue_: Queue, door: Door, stop: threading.Event) -> None:
        """Ready to be run; asks AWS nothing yet."""
        self._sqs = queue.client(aws, Place(queue_.account, queue_.region))
        self._queue, self._door, self._stop = queue_, door, stop
        self._pause = PAUSE
        self._at_work = threading.Lock()

    def run(self) -> None:
        """Receive until `stop` is set."""
        while not self._stop.is_set():
            try:
                self.turn()
                self._pause = PAUSE
            except AwsError as error:
                log.warning("%s: %s", self._queue.name, error, extra={"action": "inbox.away"})
                self._wait()
            except Exception:  # the edge of a thread: what was not deleted comes again
                log.exception("%s: a turn failed", self._queue.name, extra={"action": "inbox.turn-failed"})
                self._wait()

    def turn(self, wait_seconds: int = queue.LONG) -> int:
        """Receive once and take in what comes; how many messages there were.  Raises AwsError."""
        messages = queue.receive(self._sqs, self._queue.url, hidden_seconds=HIDDEN, wait_seconds=wait_seconds)
        with self._at_work:
            if messages and self._stop.is_set():
                queue.hide(self._sqs, self._queue.url, messages, 0)  # to the next process, at once
            elif messages:
                with Kept(self._sqs, self._queue.url, messages, HIDDEN):
                    done = self._take_in(messages)
                queue.delete(self._sqs, self._queue.url, done)
        return len(messages)

    def finish(self, seconds: float) -> bool:
        """Wait for what is in hand, so long; a receive that waits changes nothing."""
        free = self._at_work.acquire(timeout=seconds)
        if free:
            self._at_work.release()
        return free

    def _take_in(self, messages: Sequence[Message]) -> list[Message]:
        """Together; if that fails each by itself, so that one keeps no other waiting."""
        try:
            return self._door.take_in(self._queue, messages)
        except OperationalError:
            raise  # the database is away, for all of them
        except Exception:  # a mistake of ours with one of them
            log.exception("%s: %d stumbled", self._queue.name, len(messages), extra={"action": "inbox.batch"})
        return [done for message in messages for done in self._alone(message)]

    def _alone(self, message: Message) -> list[Message]:
        try:
            return self._door.take_in(self._queue, [message])
        except OperationalError:
            raise  # as above
        except Exception:  # the edge of one message
            log.exception("message %s stumbled", message.id, extra={"action": "inbox.message"})
        if message.times < TRIES:
            return []
        self._door.set_aside(self._queue, message)
        return [message]

    def _wait(self) -> None:
        self._stop.wait(self._pause)
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
