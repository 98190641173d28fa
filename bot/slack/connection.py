"""The connection to Slack: Socket Mode, twice, so that nothing is missed while one reconnects.

Slack delivers clicks and slash commands once, to one of an app's connections ("Socket Mode", Slack).  One
that went deaf therefore loses every other click, and is replaced.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.courtesy import Courtesy
from bot.language import language_of
from bot.slack import organisation
from bot.slack.bearer import why
from bot.slack.hearing import Heard, Watch
from bot.slack.line import Line
from bot.slack.organisation import Home
from bot.slack.prompt import Handler, Took

log = logging.getLogger("toban.slack")
LISTENERS = 32  # threads: Bolt's five drop acknowledgements when they are busy
SOCKETS = 2
DRAIN_SECONDS = 3.0  # what Slack waits for an acknowledgement
AGAIN_AFTER = 5.0  # seconds between two tries to connect
WATCH = Watch()


class Workspace:
    """Which workspace this is and who the bot is in it, once Slack has said."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self.team = ""
        self.bot_user = ""
        self.bot = ""
        self.home = Home()
        self.language = ""
        self.wants_language = False  # nothing else says what the workspace reads
        self.url = ""  # such as https://example.slack.com/

    def learn(self) -> None:
        """Ask Slack.  Raises SlackClientError or OSError."""
        said = self._client.auth_test()
        self.team, self.bot_user, self.bot = (
            said.get("team_id") or "",
            said["user_id"],
            said.get("bot_id") or "",
        )
        self.url = said.get("url") or ""
        if self.wants_language:
            self.language = self._language() or self.language
        self.home = organisation.home(self._client, said)

    def _language(self) -> str:
        """What the workspace reads: an app's own user chooses no language, and so has the workspace's.

        It is no reason not to start: "" when Slack does not say ("users.info", Slack).
        """
        try:
            me = self._client.users_info(user=self.bot_user, include_locale=True)["user"]
        except (SlackClientError, OSError):
            return ""
        return language_of(me["locale"]) if me.get("locale") else ""

    def authorize(self) -> AuthorizeResult:
        """Bolt asks this before each listener; answered from memory, never by a call."""
        return AuthorizeResult(
            enterprise_id=self.home.enterprise or None,
            team_id=self.team,
            bot_token=self._client.token,
            bot_user_id=self.bot_user,
            bot_id=self.bot,
        )


def bolt(client: WebClient, workspace: Workspace, signing_secret: str = "") -> App:
    """A Bolt app whose listeners commit before their acknowledgement goes out.

    With a secret it takes only what Slack signed with it; Socket Mode carries no signatures.
    """
    return App(
        # Else Bolt reads its caller's source to find one, which takes 0.1 s.  Never "toban": with each
        # delivery Bolt gives the logger of this name the root's level, and all that is INFO would be lost.
        name="slack_app",
        client=client,
        authorize=_bound(workspace),
        process_before_response=True,  # else Bolt polls for the acknowledgement every 10 ms
        token_verification_enabled=False,  # Slack being away must not keep toban from starting
        signing_secret=signing_secret or None,
        request_verification_enabled=bool(signing_secret),
        listener_executor=ThreadPoolExecutor(LISTENERS, "listener"),
    )


def _bound(workspace: Workspace) -> Callable[[], AuthorizeResult]:
    """Bolt passes arguments by their names, "self" too: so it gets a function without one."""

    def authorize() -> AuthorizeResult:
        return workspace.authorize()

    return authorize


class Connection:
    """The sockets of one process."""

    def __init__(
        self,
        app: App,
        app_token: str,
        workspace: Workspace,
        courtesy: Courtesy,
        learned: Callable[[], None],
        took: Took | None = None,
    ) -> None:
        self._app, self._app_token = app, app_token
        self._workspace = workspace
        self._courtesy = courtesy
        self._learned = learned
        self._took = took
        self._watch = WATCH
        self._lines = [Line(self._made, self._watch.silence) for _ in range(SOCKETS)]
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="connect", daemon=True)
        self.connected = threading.Event()

    def start(self) -> None:
        """Connect, however long Slack is away."""
        self._thread.start()

    def stop(self) -> None:
        """Take nothing new, let what is in hand be acknowledged, then close."""
        self._stopping.set()
        self._thread.join()
        for line in self._lines:
            line.take_nothing_new()
        self._courtesy.give_way(DRAIN_SECONDS)
        for line in self._lines:
            line.close()

    def sockets(self) -> tuple[Heard, ...]:
        """How each of them stands."""
        return tuple(line.look() for line in self._lines)

    def trouble(self) -> str:
        """Nothing that the sockets do not show."""
        return ""

    def _made(self) -> Handler:
        handler = Handler(self._app, self._app_token, LISTENERS, self._watch.ping_every)
        handler.client.took = self._took
        handler.client.socket_mode_request_listeners[:] = [_counted(handler.handle, self._courtesy)]
        return handler

    def _serve(self) -> None:
        """Connect, then look whether what is connected still hears."""
        self._connect()
        while not self._stopping.wait(self._watch.look_every):
            for line in self._lines:
                try:
                    line.mend()
                except Exception:  # the edge of a thread: it must outlive one bad turn
                    log.exception("a socket was not looked at", extra={"action": "slack.turn-failed"})

    def _connect(self) -> None:
        for number, line in enumerate(self._lines):
            while not self._stopping.is_set() and not self._try(number, line):
                self._stopping.wait(AGAIN_AFTER)
        if not self._stopping.is_set():
            log.info(
                "connected to Slack as %s", self._workspace.bot_user, extra={"action": "slack.connected"}
            )

    def _try(self, number: int, line: Line) -> bool:
        try:
            if not self._workspace.bot_user:
                self._workspace.learn()
                self._learned()  # before the first delivery: else a click is refused for want of a group
            line.connect()
        except (SlackClientError, OSError) as error:
            note = {"action": "slack.away"}
            log.warning("Slack does not answer, or refuses (%s); trying again", why(error), extra=note)
            return False
        if number == 0:
            self.connected.set()
        return True


def _counted(handle: Callable[..., None], courtesy: Courtesy) -> Callable[..., None]:
    def counting(client: object, request: object) -> None:
        with courtesy.delivery():
            handle(client, request)

    return counting
