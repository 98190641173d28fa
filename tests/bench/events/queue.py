"""A queue of SQS's as a process of its own: its messages are there at once, or come so many a second.

Arguments: how many; how many a second, or 0; what they are: "alarms" that ring and recover, every tenth of
them delivered twice, a "storm", or whatever "apps" say.
"""

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from playground.aws import saying
from playground.aws.answer import Answer
from playground.aws.call import Request
from playground.aws.wire import Wire
from tests.bench import environment
from tests.bench.child import Child, child
from tests.bench.events.shape import AGAIN, ALARMS, APPS, CAUSES

_BEGIN = datetime.now(UTC) - timedelta(hours=6)


@contextmanager
def queue(count: int, per_second: int, kind: str) -> Iterator[tuple[Child, str]]:
    """Serve it; yields the process and its address."""
    with child("tests.bench.events.queue", str(count), str(per_second), kind) as process:
        yield process, str(process.says()["url"])


def alarm(number: int) -> Any:
    """The next of many alarms, each of which rings and recovers again and again."""
    name, state = f"web-{number % ALARMS}", "OK" if number // ALARMS % 2 else "ALARM"
    at = _BEGIN + timedelta(seconds=number)
    return saying.cpu_alarm(environment.PROD, f"i-{number % ALARMS:017x}", name, at, state)


def stormy(number: int) -> Any:
    """One of many alarms at once, which have this many causes."""
    at = datetime.now(UTC)
    event = saying.cpu_alarm(environment.PROD, f"i-{number:017x}", f"web-{number}", at, "ALARM")
    metric = event["detail"]["configuration"]["metrics"][0]["metricStat"]["metric"]
    metric["namespace"] = f"Team/{number % CAUSES}"
    return event


def said(number: int) -> Any:
    """What an app says; its id says when the queue had it."""
    source, kind, detail = f"app.{number % APPS}", f"Something {number}", {"n": number}
    event = saying.envelope(source, kind, environment.PROD, datetime.now(UTC), detail)
    return {**event, "id": f"{number}@{time.time():.6f}"}


KINDS = {"alarms": alarm, "storm": stormy, "apps": said}


@dataclass
class Stock:
    """The messages, in their order; the next ones are handed out once they are there."""

    count: int
    per_second: int
    kind: str
    given: int = 0
    begun: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, most: int, seconds: float) -> list[Any]:
        """Up to so many; waits so long for the first."""
        until = time.monotonic() + seconds
        while True:
            with self.lock:
                found = self._next(most)
            if found or time.monotonic() >= until:
                return found
            time.sleep(0.002)

    def _next(self, most: int) -> list[Any]:
        self.begun = self.begun or time.monotonic() + 1.0
        there = self.count
        if self.per_second:
            there = max(0, int((time.monotonic() - self.begun) * self.per_second))
        numbers = range(self.given, max(self.given, min(there, self.count, self.given + most)))
        self.given += len(numbers)
        return [self._message(number) for number in numbers]

    def _message(self, number: int) -> Any:
        twice = self.kind == "alarms" and number % AGAIN == AGAIN - 1
        return {
            "MessageId": f"m-{number}",
            "ReceiptHandle": f"r-{number}",
            "Body": json.dumps(KINDS[self.kind](number - twice)),
            "Attributes": {"ApproximateReceiveCount": "1"},
        }


def main() -> None:
    """Say where it listens, and serve until it is ended."""
    stock = Stock(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])

    def answer(request: Request) -> Answer:
        given: dict[str, Any] = {}  # also of CloudTrail and CloudWatch, who know nothing
        match request.headers.get("x-amz-target", "").rpartition(".")[2]:
            case "ReceiveMessage":
                asked = json.loads(request.body)
                given = {"Messages": stock.take(asked["MaxNumberOfMessages"], asked["WaitTimeSeconds"])}
            case "GetQueueAttributes":
                given = {"Attributes": {"ApproximateNumberOfMessages": "0"}}
        return Answer(200, {"content-type": "application/x-amz-json-1.0"}, json.dumps(given).encode())

    wire = Wire(answer)
    wire.start()
    sys.stdout.write(json.dumps({"url": wire.url}) + "\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main()
