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


def forget_peak() -> None:
    """Begin to look for the most memory anew: a process begins with that of the one that started it.

    Source: "/proc/pid/clear_refs" (Linux, proc(5)).
    """
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak_since() -> float:
    """The most memory in RAM since then, in millions of bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = [each for each in status.splitlines() if each.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024 / 1e6
