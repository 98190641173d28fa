"""The constant-time stub AWS as a process of its own, so that its work is not counted as a client's."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playground.aws.stub.size import Size
from tests.bench.child import child


@dataclass(frozen=True, slots=True)
class Stub:
    """A stub that answers."""

    url: str

    def calls(self) -> dict[str, int]:
        """How often each action was called since the beginning or the last reset."""
        return self._counts()["actions"]

    def outcomes(self) -> dict[str, int]:
        """How often it answered "ok", and with each error code."""
        return self._counts()["outcomes"]

    def reset(self) -> None:
        """Begin anew: nothing called, everything as it was planted."""
        request = urllib.request.Request(f"{self.url}/_stub/reset", method="POST")
        urllib.request.urlopen(request).close()

    def _counts(self) -> dict[str, dict[str, int]]:
        with urllib.request.urlopen(f"{self.url}/_stub/calls") as answer:
            counts: dict[str, dict[str, int]] = json.load(answer)
        return counts


@contextmanager
def stub(instances: int, latency_ms: float = 0.0) -> Iterator[Stub]:
    """A stub with so many instances in each account and region."""
    with stub_of(Size(instances), latency_ms=latency_ms) as made:
        yield made


@contextmanager
def stub_of(size: Size, *, latency_ms: float = 0.0, buckets: bool = False) -> Iterator[Stub]:
    """A stub of this size; with `buckets` it refuses what EC2 would refuse."""
    named = {
        "--instances": size.instances, "--volumes": size.volumes, "--snapshots": size.snapshots,
        "--loose": size.loose, "--generations": size.generations, "--images": size.images,
        "--latency-ms": latency_ms,
    }  # fmt: skip
    options = [word for name, value in named.items() for word in (name, str(value))]
    limited = ("--buckets",) if buckets else ()
    with child("playground.aws.stub", *options, *limited) as process:
        yield Stub(process.says()["url"])
