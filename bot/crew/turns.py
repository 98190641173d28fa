"""A thread that takes turn after turn, and outlives a bad one."""

import logging
import threading
from collections.abc import Callable

from bot.bell import Ear
from bot.flow import last_resort
from bot.flow.path import Path

LOOK_EVERY = 1.0  # seconds: when nobody rang, so that a moment that has come is noticed
log = logging.getLogger("toban.engine")


def turns(path: Path, ear: Ear, turn: Callable[[], None], stopping: threading.Event) -> None:
    """Take turns until `stopping` is set, each when the bell rang, or a second later."""
    while not stopping.is_set():
        try:
            turn()
        except Exception as error:  # the edge of a thread: it must outlive one bad turn
            log.exception("a turn failed", extra={"action": "engine.turn-failed"})
            _put_back(path, error)
        ear.wait(LOOK_EVERY)


def _put_back(path: Path, error: Exception) -> None:
    """Where nothing can be committed any more, faults end all the same."""
    try:
        last_resort.put_back(path, error)
    except Exception:  # the edge of a thread: the next turn tries again
        log.exception("nothing could be put back", extra={"action": "engine.last-resort-failed"})
