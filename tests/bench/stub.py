"""The constant-time stub AWS as a process of its own, so that its work is not counted as a client's."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.bench.child import child


@dataclass(frozen=True, slots=True)
class Stub:
    """A stub that answers."""

    url: str

    def calls(self) -> dict[str, int]:
        """How often each action was called since the beginning or the last reset."""
        with urllib.request.urlopen(f"{self.url}/_stub/calls") as answer:
            actions: dict[str, int] = json.load(answer)["actions"]
        return actions

    def reset(self) -> None:
        """Begin anew: nothing called, everything as it was planted."""
        request = urllib.request.Request(f"{self.url}/_stub/reset", method="POST")
        urllib.request.urlopen(request).close()


@contextmanager
def stub(instances: int, latency_ms: float = 0.0) -> Iterator[Stub]:
    """A stub with so many instances in each account and region."""
    options = ("--instances", str(instances), "--latency-ms", str(latency_ms))
    with child("playground.aws.stub", *options) as process:
        yield Stub(process.says()["url"])
