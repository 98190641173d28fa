"""Whether somebody takes a connection."""

from bot.probe import Probe
from bot.probing.answer import WELL, Answer, broken
from bot.probing.line import Deadline, connect
from bot.probing.names import Names


def ask(probe: Probe, names: Names) -> Answer:
    """Connect, and hang up."""
    host, _, port = probe.at.rpartition(":")
    try:
        connect(host.strip("[]"), int(port), names, Deadline(probe.timeout.total_seconds())).close()
    except OSError as error:
        return broken(error)
    return WELL
