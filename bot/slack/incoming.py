"""Slack's requests by HTTP, where others have sockets: the same app, the same listeners, another door."""

import logging
import threading
from collections.abc import Callable

from slack_bolt import App
from slack_sdk.errors import SlackClientError

from bot.config.http import Http
from bot.config.mistakes import SettingsError
from bot.courtesy import Courtesy
from bot.slack.bearer import why
from bot.slack.connection import AGAIN_AFTER, DRAIN_SECONDS, LISTENERS, Workspace
from bot.slack.gate import Gate
from bot.slack.hearing import Heard
from bot.slack.http_server import Server
from bot.slack.prompt import Took
from bot.words import Words, words

log = logging.getLogger("toban.slack")


class Incoming:
    """The server of one process; takes what a Connection does, and stands where one stands."""

    def __init__(
        self,
        app: App,
        http: Http,
        secret: str,
        workspace: Workspace,
        courtesy: Courtesy,
        learned: Callable[[], None],
        took: Took | None = None,
    ) -> None:
        """Bound; serves nobody yet.  Raises SettingsError when the address cannot be had."""
        try:
            self._server = Server(http.listen, LISTENERS)
        except OSError as error:
            raise SettingsError([_taken(http, error)]) from error
        self._http, self._workspace = http, workspace
        self._courtesy, self._learned = courtesy, learned
        self._gate = Gate(app.dispatch, secret, courtesy, took)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._know, name="connect", daemon=True)
        self.connected = threading.Event()

    def start(self) -> None:
        """Serve; nothing is taken before it is known who is in which group, however long Slack is away."""
        self._server.start(self._gate)
        self._thread.start()

    def stop(self) -> None:
        """Take nothing new, let what is in hand be acknowledged, then close."""
        self._stopping.set()
        self._thread.join()
        self._server.take_nothing_new()
        self._courtesy.give_way(DRAIN_SECONDS)
        self._server.stop(DRAIN_SECONDS)

    def sockets(self) -> tuple[Heard, ...]:
        """None: Slack calls, and a quiet night is no deafness."""
        return ()

    def trouble(self) -> str:
        """Why nothing is taken, and what to do; "" when all is well."""
        if not self._server.is_serving():
            return "the server for Slack's requests has ended: start toban anew"
        if not self.connected.is_set():
            return (
                "nothing is taken until Slack says who is who: look for slack.away in the log, at the network"
            )
        return ""

    def _know(self) -> None:
        while not self._stopping.is_set() and not self._asked():
            self._stopping.wait(AGAIN_AFTER)

    def _asked(self) -> bool:
        try:
            self._workspace.learn()
        except (SlackClientError, OSError) as error:
            note = {"action": "slack.away"}
            log.warning("Slack does not answer, or refuses (%s); trying again", why(error), extra=note)
            return False
        self._learned()
        self._gate.is_open.set()
        self.connected.set()
        note = {"action": "slack.connected"}
        log.info("%s takes Slack's requests at %s", self._workspace.bot_user, self._http.listen, extra=note)
        return True


def _taken(http: Http, error: OSError) -> Words:
    return words(
        "[http] listen: {address} cannot be had ({why}). Stop what listens there, or write another port.",
        address=str(http.listen),
        why=error.strerror or type(error).__name__,
    )
