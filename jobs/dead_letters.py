"""What was received too often lies in another queue: somebody is told, once an hour."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from aws import queue as sqs
from aws.account import Place
from aws.errors import AwsError
from bot.bell import Topic
from bot.event import Queue
from bot.flow.path import Path
from bot.store import outbox
from bot.store.outbox import Mail
from bot.words import plural, to_json

log = logging.getLogger("toban.events")
EVERY = timedelta(minutes=5)


class Watch:
    """Looks at the dead-letter queues of the config every five minutes."""

    def __init__(self, path: Path, queues: Sequence[Queue], channel: str) -> None:
        self._path, self._channel = path, channel
        self._queues = [one for one in queues if one.dead_letters]
        self._next: datetime | None = None

    def look(self) -> None:
        """Look, if it is time."""
        now = self._path.now()
        if self._next is not None and now < self._next:
            return
        self._next = now + EVERY
        for one in self._queues:
            self._look_at(one, now)

    def _look_at(self, one: Queue, now: datetime) -> None:
        client = sqs.client(self._path.aws, Place(one.account, one.region))
        try:
            lie = sqs.waiting(client, one.dead_letters)
        except AwsError as error:
            log.warning("%s: %s", one.dead_letters, error, extra={"action": "events.dead-letters"})
            return
        if lie and self._channel:
            self._tell(one, lie, now)

    def _tell(self, one: Queue, lie: int, now: datetime) -> None:
        said = plural(
            "⚠️ {n} message could not be taken in from the queue {queue}; it lies in {dead}.",
            "⚠️ {n} messages could not be taken in from the queue {queue}; they lie in {dead}.",
            lie,
            queue=one.name,
            dead=one.dead_letters,
        )
        key, language = f"dead-letters:{one.name}:{now:%Y-%m-%dT%H}", self._path.language_in(self._channel)
        row = {"channel": self._channel, "language": language, "body": to_json(said)}
        self._path.db.write(lambda tx: outbox.put(tx, key, Mail.NOTICE, now, **row))
        self._path.ring(Topic.MAIL)
