"""What a process uses while it does something, told by itself."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def measured() -> Iterator[dict[str, float]]:
    """Fills in, at the end: `cpu` and `wall` in seconds, `before` and `peak` memory in millions of bytes."""
    spent = {"before": _resident()}
    cpu, wall = time.process_time(), time.monotonic()
    yield spent
    spent |= {"cpu": time.process_time() - cpu, "wall": time.monotonic() - wall, "peak": _peak()}


def _resident() -> float:
    """Memory in RAM now; the fields of statm are pages."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _peak() -> float:
    """The most memory in RAM so far; Linux counts it in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
