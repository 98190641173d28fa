"""What answers a monitor: the server, its pages, and what they are made of."""

from collections.abc import Callable, Iterable

from bot.config.health import Listen
from bot.config.mistakes import SettingsError
from bot.flow.path import Path
from bot.health.check import Facts, Socket
from bot.health.pages import Pages
from bot.health.pulse import Pulse
from bot.health.server import Server
from bot.health.tally import Tally
from bot.words import words

Heard = tuple[bool, bool, float]
"""Of one socket: whether it is connected, whether it is deaf, and for how many seconds nothing came in."""


class Monitor:
    """Counts from the first call on; answers from `start` to `stop`."""

    def __init__(self, listen: Listen) -> None:
        """Bind, and answer nobody yet.  Raises SettingsError when the address cannot be had."""
        self.tally = Tally()
        try:
            self._server = Server(listen.host, listen.port)
        except OSError as error:
            why = words(
                "[health] listen: {address} cannot be had ({why}). Stop what listens there, or write another"
                " port.",
                address=str(listen),
                why=error.strerror or type(error).__name__,
            )
            raise SettingsError([why]) from error
        self._pulse: Pulse | None = None

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.server_port

    def start(
        self,
        path: Path,
        sockets: Callable[[], Iterable[Heard]],
        watched: Callable[[], bool],
        trouble: Callable[[], str] = str,
    ) -> None:
        """Answer; `watched` is whether somebody watches the failure tests that are under way.

        `trouble` is why Slack and toban do not speak, where no socket shows it; "" when they do.
        """
        pulse = self._pulse = Pulse(path.db, path.now)

        def look() -> Facts:
            stored = pulse.take()
            heard = tuple(Socket(*one) for one in sockets())
            return Facts(path.now(), heard, stored, watched(), trouble())

        self._server.start(Pages(look, self.tally).answer)

    def stop(self) -> None:
        """Answer nobody any more."""
        self._server.stop()
        if self._pulse is not None:
            self._pulse.close()
