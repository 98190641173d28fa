"""What lost errands need: leases that are kept, and one process that leaves anew what nobody looked at."""

import logging
import threading

from bot.crew.held import Held
from bot.flow.path import Path
from bot.store import errands

EVERY = 2.0  # seconds
CLEAR = 5  # of these turns
log = logging.getLogger("toban.engine")


def look_after(path: Path, held: Held, stopping: threading.Event) -> None:
    """Keep this process's leases, and on duty everybody's errands, until `stopping` is set."""
    turn = 0
    while not stopping.wait(EVERY):
        turn += 1
        try:
            held.renew()
            if path.on_duty():
                _look(path, clear=turn % CLEAR == 0)
        except Exception:  # the edge of a thread: it must outlive one bad turn
            log.exception("a turn failed", extra={"action": "engine.turn-failed"})


def _look(path: Path, *, clear: bool) -> None:
    now = path.now()
    if path.db.read(lambda tx: errands.are_lost(tx, now)):
        path.db.write(lambda tx: errands.leave_lost(tx, now))
    if clear:
        path.db.write(errands.forget_dead)
