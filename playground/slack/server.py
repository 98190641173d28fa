"""A local Slack that runs in a thread of the calling process, for unmodified slack_sdk and Bolt.

    with LocalSlack() as slack:
        WebClient(slack.bot_token, base_url=slack.api_url)     # the app's side
        SocketModeClient(slack.app_token, web_client=...)      # sockets open by apps.connections.open
        slack.socket.wait_for_connections(1, timeout=5)

        sato = slack.as_person("U0SATO")                       # the people's side; each call returns an
        sato.types("C0OPS", "/ec2 stop tag:env=dev")           # Outcome: .acked .response .shown .why ...
        plan = slack.wait_for_message("C0OPS", lambda m: "stop" in m.text, timeout=5)
        slack.as_person("U0SUZUKI").clicks(plan, "approve")    # by action_id, value or words
        sato.mentions("C0OPS", "ec2 list", thread_ts=plan.ts)
        sato.submits(slack.views("U0SATO")[-1].id, {"reason/text": "..."})

        slack.messages("C0OPS"); slack.ephemerals("C0OPS", "U0SATO"); slack.files(); slack.home("U0SATO")
        slack.faults.answer("chat.postMessage", status=429, retry_after=1, times=3)
        slack.faults.share(0.3, kinds=["429", "500", "timeout", "cut"], seed=7)
        slack.socket.refresh(); slack.wire.lines("chat.postMessage", way="in")

Messages that are handed out are snapshots, as a person's screen is: an old one can still be clicked.
People: U0SATO (operator), U0SUZUKI (approver), U0MILLER (second approver, English), U0ITO (reader),
U0KATO (left).  Channels: C0OPS, C0OPSPROD, C0BILLING, C0RANDOM (without the bot), C0OLD (archived).
"""

import copy
import secrets
import socket as sockets
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType

import uvicorn
from starlette.routing import BaseRoute

from playground.slack import seeds
from playground.slack.acting import ActingPerson
from playground.slack.clock import Clock, utc_now
from playground.slack.delivery import Delivery
from playground.slack.events import AGAIN_AFTER, Events
from playground.slack.faults import Faults
from playground.slack.files import File
from playground.slack.lines import Lines
from playground.slack.message import Message
from playground.slack.methods.table import methods
from playground.slack.mishaps import Mishaps
from playground.slack.office import Office
from playground.slack.people import App, Person
from playground.slack.response_urls import ResponseUrls
from playground.slack.routes import application
from playground.slack.serving import Server
from playground.slack.signed_http import SignedHttp
from playground.slack.socket_mode import SocketMode
from playground.slack.views import View
from playground.slack.web_api import Tokens, WebApi
from playground.slack.wire import Wire
from playground.slack.workspace import Workspace

HOST = "127.0.0.1"  # and nothing else: this Slack believes everybody


def _bound(port: int) -> sockets.socket:
    """A listening socket.

    It names its protocol, since asyncio sends small answers at once (TCP_NODELAY) only where that is named;
    without it every other one waits 40 ms for the other side's acknowledgement.
    """
    made = sockets.socket(sockets.AF_INET, sockets.SOCK_STREAM, sockets.IPPROTO_TCP)
    made.setsockopt(sockets.SOL_SOCKET, sockets.SO_REUSEADDR, 1)
    made.bind((HOST, port))
    made.listen()
    return made


class LocalSlack:
    """The local Slack.  Starts with `with` or start(); `port` 0 means any free one.

    Socket Mode, unless a `request_url` is given: then signed HTTP requests go there.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        clock: Clock = utc_now,
        app: App = seeds.BOT,
        bot_token: str = "",
        app_token: str = "",
        patience: float = 3.0,
        again_after: Sequence[float] = AGAIN_AFTER,
        request_url: str = "",
        scopes: Sequence[str] = (),
    ) -> None:
        made = bot_token or f"xoxb-{secrets.token_hex(12)}"
        self.tokens = Tokens(made, app_token or f"xapp-1-{secrets.token_hex(12)}")
        self.workspace = Workspace(clock, app)
        self.faults, self.wire = Faults(), Wire(clock)
        self.scopes = list(scopes)  # what the bot's token was granted; said, and not enforced
        self._lines = Lines()
        self.socket = SocketMode(app.id, self.wire, self._lines)
        self._bound = _bound(port)
        self.url = f"http://{HOST}:{self._bound.getsockname()[1]}"
        self.api_url = f"{self.url}/api/"
        urls = ResponseUrls(self.workspace)
        self.signing_secret = secrets.token_hex(16)
        http = SignedHttp(request_url, self.signing_secret, self.wire)
        delivery: Delivery = http if request_url else self.socket
        events = Events(delivery, patience, again_after)
        self.office = Office(self.workspace, urls, delivery, events, patience, self.url)
        self._server = self._built(urls)
        self._thread = threading.Thread(target=self._server.serve_bound, name="local-slack", daemon=True)

    def _built(self, urls: ResponseUrls) -> Server:
        mishaps = Mishaps(self.faults, self._lines, self.workspace.clock)
        known = methods(self.socket.ticket, self.tokens)
        api = WebApi(self.workspace, known, urls, self.tokens, self.wire, mishaps, self.scopes)
        self.app = application(api, self.socket, self.office)
        config = uvicorn.Config(
            self.app,
            http=self._lines.protocol(),
            ws="websockets-sansio",
            lifespan="off",
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        return Server(config, self._bound, self._lines)

    def serve_too(self, routes: Sequence[BaseRoute]) -> None:
        """Serve these addresses as well, such as a page's; before it starts."""
        self.app.router.routes.extend(routes)

    def start(self) -> "LocalSlack":
        """Serve, and return when requests are answered."""
        self._thread.start()
        self._server.ready.wait()
        return self

    def stop(self) -> None:
        """Close every connection and end the thread."""
        self.office.events.stop()
        self._server.should_exit = True
        self._thread.join()
        self._bound.close()

    def __enter__(self) -> "LocalSlack":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def bot_token(self) -> str:
        """The bot's token, as it is now: `tokens` takes it back and issues others."""
        return self.tokens.bot

    @property
    def app_token(self) -> str:
        """The app's token, which opens sockets."""
        return self.tokens.app

    @property
    def people(self) -> dict[str, Person]:
        """Everybody, by id."""
        return self.workspace.people

    def as_person(self, user_id: str) -> ActingPerson:
        """Return what this person can do.  Raises Refusal user_not_found."""
        return ActingPerson(self.office, self.workspace.person(user_id).id)

    def dm(self, user_id: str) -> str:
        """Return the id of a person's direct messages with the bot."""
        return self.workspace.direct(user_id).id

    def messages(self, channel: str) -> list[Message]:
        """Return what everybody sees in a channel, threads included, oldest first."""
        return copy.deepcopy(self.workspace.messages.in_channel(channel))

    def ephemerals(self, channel: str, user_id: str) -> list[Message]:
        """Return what only this person sees in a channel, oldest first."""
        return copy.deepcopy(self.workspace.messages.for_one(channel, user_id))

    def wait_for_message(
        self, channel: str, wanted: Callable[[Message], bool] = lambda _message: True, timeout: float = 5.0
    ) -> Message:
        """Return the first message in a channel that is as wanted.  Raises TimeoutError."""
        return copy.deepcopy(self.workspace.messages.wait(channel, wanted, timeout))

    def wait_for_ephemeral(
        self,
        channel: str,
        user_id: str,
        wanted: Callable[[Message], bool] = lambda _message: True,
        timeout: float = 5.0,
    ) -> Message:
        """Return the first message that only this person sees and that is as wanted.  Raises TimeoutError."""
        return copy.deepcopy(self.workspace.messages.wait(channel, wanted, timeout, user_id))

    def wait_until(self, holds: Callable[[], bool], timeout: float = 5.0) -> None:
        """Return when something holds, looking again every few ms.  Raises TimeoutError."""
        deadline = time.monotonic() + timeout
        while not holds():
            if time.monotonic() > deadline:
                raise TimeoutError(f"does not hold after {timeout} s")
            time.sleep(0.005)

    def views(self, user_id: str) -> list[View]:
        """Return the forms a person has open, the visible one last."""
        return self.workspace.views.stack(user_id)

    def home(self, user_id: str) -> View | None:
        """Return a person's home tab of the app."""
        return self.workspace.views.home(user_id)

    def files(self) -> list[File]:
        """Return the uploaded files, oldest first."""
        return self.workspace.files.all()
