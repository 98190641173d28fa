"""A local Slack with a clock to push, a client, and a Bolt app on a socket."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from playground.slack.server import LocalSlack


@dataclass
class PushedClock:
    """Time that moves only when a test says so."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 2, 1, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def push(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> PushedClock:
    return PushedClock()


@pytest.fixture
def patience() -> float:
    """Seconds Slack waits for an acknowledgement; a test of one that does not come says fewer."""
    return 20.0


@pytest.fixture
def slack(clock: PushedClock, patience: float) -> Iterator[LocalSlack]:
    with LocalSlack(clock=clock, patience=patience, again_after=(0.0, 0.0, 0.0)) as slack:
        yield slack


@pytest.fixture
def web(slack: LocalSlack) -> WebClient:
    return WebClient(slack.bot_token, base_url=slack.api_url, timeout=2, retry_handlers=[])


@pytest.fixture
def app(web: WebClient) -> App:
    return App(client=web, raise_error_for_unhandled_request=False)


Connect = Callable[[App], SocketModeHandler]


@pytest.fixture
def connect(slack: LocalSlack) -> Iterator[Connect]:
    with ExitStack() as stack:

        def connected(app: App) -> SocketModeHandler:
            handler = SocketModeHandler(app, slack.app_token, ping_interval=0.5)
            stack.callback(closed, handler, slack)
            before = slack.socket.connections
            handler.connect()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
            slack.socket.wait_for_connections(before + 1, timeout=5)
            return handler

        yield connected


def closed(handler: SocketModeHandler, slack: LocalSlack) -> None:
    handler.client.auto_reconnect_enabled = False
    slack.socket.close()  # else the client waits three seconds for something to read
    slack.wait_until(lambda: not handler.client.is_connected())
    handler.client.closed = True
    handler.client.enqueue_message("{}")  # else it waits a second for one
    handler.close()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
