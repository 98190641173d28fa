"""A new connection, and a moment at which all of a question has to be over."""

import socket
import time

from bot.probing.names import Names


class Deadline:
    """So many seconds from now; all parts of a question share them."""

    def __init__(self, seconds: float) -> None:
        """From now on."""
        self._until = time.monotonic() + seconds

    def left(self, parts: int = 1) -> float:
        """Seconds for the next of so many parts.  Raises TimeoutError when there are none left."""
        seconds = self._until - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds / parts


def connect(host: str, port: int, names: Names, deadline: Deadline) -> socket.socket:
    """A connection that was taken; the host's addresses are tried in turn.  Raises OSError.

    An address that does not answer leaves the others their part of the time.
    """
    found = names.addresses(host, port, deadline.left())
    for number, (family, address) in enumerate(found, start=1):
        made = socket.socket(family, socket.SOCK_STREAM)
        try:
            made.settimeout(deadline.left(len(found) - number + 1))
            made.connect(address)
        except OSError:
            made.close()
            if number == len(found):
                raise
        else:
            return made
    raise socket.gaierror(socket.EAI_NONAME, f"{host} has no address")
