"""Events through the door: received, opened, read, refused the second time, stored with their troubles."""

from collections.abc import Sequence
from typing import Any

from tests.bench import environment
from tests.bench.child import child
from tests.bench.events.queue import queue
from tests.bench.events.shape import AGAIN
from tests.bench.figure import AT_LEAST, Figure, times
from tests.bench.spread import median

EVENTS = 10_000
MESSAGES = EVENTS * AGAIN // (AGAIN - 1) + 1  # every tenth is delivered twice
ROUNDS = 3


def measure() -> Sequence[Figure]:
    """By the clock on the wall, with its database on the disk; the queue is another process."""
    rounds = [_round() for _ in range(ROUNDS)]
    assert len({(one["events"], one["troubles"]) for one in rounds}) == 1, rounds
    events = rounds[0]["events"]
    assert events >= EVENTS, rounds
    spent = median([one["first"]["wall"] + one["others"]["wall"] for one in rounds])
    cpu = median([one["first"]["cpu"] + one["others"]["cpu"] for one in rounds])
    after, before = (max(one[part]["peak"] for one in rounds) for part in ("others", "first"))
    return [
        Figure(f"{EVENTS:,} events through the door", events / spent, 300, "/s", sign=AT_LEAST),
        Figure("CPU of each", 1000 * cpu / events, 3, "ms"),
        times(f"memory at most, after {EVENTS:,}", after, before, 1.05, unit="MB", of="after 1,000"),
    ]


def _round() -> Any:
    with queue(MESSAGES, 0, "alarms") as (_, url):
        arguments = "tests.bench.children.toban_events", url, str(MESSAGES)
        with child(*arguments, environment=environment.aws(url)) as process:
            return process.says()
