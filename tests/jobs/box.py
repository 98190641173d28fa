"""A queue of SQS's in memory: it delivers at least once, hides for a while, and sets aside in the end.

Sources: "Amazon SQS visibility timeout", "Amazon SQS dead-letter queues" (SQS developer guide).
"""

import json
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from botocore.exceptions import ClientError

from aws.account import Accounts, Place
from bot.event import Queue

URL = "https://sqs.ap-northeast-1.amazonaws.com/123456789012/toban"
MAIN = Queue("main", "dev", "ap-northeast-1", URL, f"{URL}-dead")


@dataclass
class Held:
    """A message as the queue holds it."""

    id: str
    body: str
    visible: datetime
    times: int = 0
    receipt: str = ""


@dataclass
class Box:
    """The queue, and the client of it."""

    now: Callable[[], datetime]
    redrive: int = 0  # after so many receives a message goes to `dead`; 0: never
    held: list[Held] = field(default_factory=list)
    dead: list[Held] = field(default_factory=list)
    log: list[str] = field(default_factory=list)  # the calls that were made
    away: Collection[str] = ()  # calls that fail
    on_receive: Callable[[], object] = lambda: None
    on_call: Callable[[], object] = lambda: None
    _numbers: Any = field(default_factory=lambda: count(1))

    def send(self, *said: object) -> None:
        """Leave messages: texts as they are, anything else as JSON."""
        for one in said:
            body = one if isinstance(one, str) else json.dumps(one)
            self.held.append(Held(f"m-{next(self._numbers)}", body, self.now()))

    def receive_message(self, **named: Any) -> Mapping[str, Any]:
        self.on_receive()
        self._called("receive")
        found = [one for one in self.held if one.visible <= self.now()]
        taken = [one for one in found if not self._too_often(one)][: named["MaxNumberOfMessages"]]
        for one in taken:
            one.times, one.receipt = one.times + 1, f"r-{next(self._numbers)}"
            one.visible = self.now() + timedelta(seconds=named["VisibilityTimeout"])
        return {"Messages": [_shown(one) for one in taken]} if taken else {}

    def delete_message_batch(self, **named: Any) -> Mapping[str, Any]:
        self._called("delete")
        receipts = {entry["ReceiptHandle"] for entry in named["Entries"]}
        self.held = [one for one in self.held if one.receipt not in receipts]
        return {}

    def change_message_visibility_batch(self, **named: Any) -> Mapping[str, Any]:
        self._called("hide")
        for entry in named["Entries"]:
            for one in self.held:
                if one.receipt == entry["ReceiptHandle"]:
                    one.visible = self.now() + timedelta(seconds=entry["VisibilityTimeout"])
        return {}

    def get_queue_attributes(self, **named: Any) -> Mapping[str, Any]:
        self._called("attributes")
        there = self.dead if named["QueueUrl"].endswith("-dead") else self.held
        return {"Attributes": {"ApproximateNumberOfMessages": str(len(there))}}

    def _too_often(self, one: Held) -> bool:
        if not self.redrive or one.times < self.redrive:
            return False
        self.held.remove(one)
        self.dead.append(one)
        return True

    def _called(self, name: str) -> None:
        self.on_call()
        self.log.append(name)
        if name in self.away:
            raise ClientError({"Error": {"Code": "ServiceUnavailable", "Message": "not now"}}, name)


class Boxed(Accounts):
    """Accounts whose only service is this queue."""

    def __init__(self, box: Box) -> None:
        super().__init__([])
        self._box = box

    def client(self, service: str, _place: Place, *, once: bool = False) -> Any:
        """The queue."""
        assert (service, once) == ("sqs", False)
        return self._box


def until(holds: Callable[[], bool]) -> bool:
    """Whether it holds within five seconds."""
    end = time.monotonic() + 5
    while time.monotonic() < end and not holds():
        time.sleep(0.002)
    return holds()


def _shown(one: Held) -> dict[str, Any]:
    attributes = {"ApproximateReceiveCount": str(one.times)}
    return {"MessageId": one.id, "ReceiptHandle": one.receipt, "Body": one.body, "Attributes": attributes}
