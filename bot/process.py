"""The process itself: set up for a long life, and what it says when a mistake of ours ends it."""

import ctypes
import gc
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

SELDOM = (20_000, 50, 100)  # not every 700 new objects: that stops a command half way through
THRIFTY = {-8: 2, -3: 128 * 1024, -1: 128 * 1024}
"""glibc's M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD; the last two are its own first values, kept.

It gives threads heaps of their own, and raises both values by itself: what AWS's long answers took in
some thread would stay with it, in the end more than all the rest.  Source: mallopt(3), Linux manual.
"""
DUMPABLE = 4
"""PR_SET_DUMPABLE: no core file of a process that holds tokens, and nobody but root looks into its memory.

Source: prctl(2), Linux manual.
"""


def for_long() -> None:
    """Set this process up for a long life with many threads; before they begin."""
    gc.enable()
    gc.freeze()  # what lives as long as the process need not be looked through again and again
    gc.set_threshold(*SELDOM)
    libc = ctypes.CDLL(None)
    mallopt = getattr(libc, "mallopt", lambda _name, _value: 0)  # elsewhere there is no need
    for name, value in THRIFTY.items():
        mallopt(name, value)
    prctl = getattr(libc, "prctl", lambda *_: 0)  # Linux's own
    prctl(DUMPABLE, 0, 0, 0, 0)


def ends() -> Callable[[], None]:
    """From now on SIGTERM and SIGINT are noted; what this returns waits for one.

    By a wakeup descriptor, which cannot be missed.  An event would be: a handler runs between two steps of
    the main thread only, so a signal that comes just before that one sleeps, or that the kernel gave to
    another thread, wakes nobody; and one that comes while it holds the event's lock stops it for good.
    Source: "set_wakeup_fd" and "Signals and threads" of the module `signal`, Python documentation.
    """
    near, far = socket.socketpair()
    far.settimeout(0)
    signal.set_wakeup_fd(far.fileno())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)

    def wait() -> None:
        with near, far:
            near.recv(1)
            signal.set_wakeup_fd(-1)

    return wait


def crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The trace of a mistake of ours on standard error, without the secrets that stand in it."""
    from bot.hush import Hush  # noqa: PLC0415 - what `toban --help` need not load

    sys.stderr.write(Hush(os.environ)("".join(traceback.format_exception(kind, error, trace))))
