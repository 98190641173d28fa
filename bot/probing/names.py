"""Names looked up anew for each question, as a user's machine may, without being held by a slow one.

The C library cannot be told how long to look.  So a look is a thread of its own: who does not wait any longer
leaves it, and who asks for the same name meanwhile waits for the same look.
"""

import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

Address = tuple[int, tuple[object, ...]]  # the family, and what `connect` takes
Look = Callable[[str, int], Sequence[Address]]


def look(host: str, port: int, flags: int = 0) -> Sequence[Address]:
    """The addresses of a host, in the order in which they are to be tried.  Raises socket.gaierror."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    return [(family, address) for family, _kind, _protocol, _name, address in found]


class Names:
    """Looks names up; at most one look a name at a time.  Safe to share between threads."""

    def __init__(self, look_up: Look = look) -> None:
        """Nothing is looked up yet, and nothing will be remembered."""
        self._look = look_up
        self._lock = threading.Lock()
        self._under_way: dict[tuple[str, int], Future[Sequence[Address]]] = {}

    def addresses(self, host: str, port: int, seconds: float) -> Sequence[Address]:
        """Where a host is.  Raises socket.gaierror, also when nobody has said so in time."""
        try:
            return look(host, port, socket.AI_NUMERICHOST)
        except socket.gaierror:
            pass  # it is a name
        try:
            return self._looked(host, port).result(seconds)
        except TimeoutError:
            raise socket.gaierror(socket.EAI_AGAIN, f"{host} was not found in time") from None

    def _looked(self, host: str, port: int) -> "Future[Sequence[Address]]":
        with self._lock:
            found = self._under_way.get((host, port))
            if found is None:
                found = self._under_way[host, port] = Future()
                threading.Thread(target=self._find, args=(host, port), name="name", daemon=True).start()
            return found

    def _find(self, host: str, port: int) -> None:
        try:
            answer: Sequence[Address] | Exception = self._look(host, port)
        except (OSError, UnicodeError) as error:
            answer = error
        with self._lock:
            future = self._under_way.pop((host, port))
        if isinstance(answer, Exception):
            future.set_exception(answer if isinstance(answer, OSError) else socket.gaierror(str(answer)))
        else:
            future.set_result(answer)
