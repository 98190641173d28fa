"""A socket that looks connected and hears nothing is noticed by that, and replaced."""

import time
from collections.abc import Iterator

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.slack.connection import WATCH, Workspace, bolt
from bot.slack.hearing import Heard, Hearing
from bot.slack.line import Line
from bot.slack.post import PATIENCE
from bot.slack.prompt import Handler
from playground.slack.server import LocalSlack

SILENCE = 1.0  # second instead of 30, with a ping every tenth of one instead of every 5
PING_EVERY = 0.1
SELDOM = 60.0  # seconds: slack_sdk's own rule does not come into play


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(patience=1.0) as slack:
        yield slack


@pytest.fixture
def lines(slack: LocalSlack) -> Iterator[list[Line]]:
    """What the test connected; closed afterwards."""
    made: list[Line] = []
    yield made
    for line in made:
        line.close()


def connect(slack: LocalSlack, lines: list[Line], ping_every: float = PING_EVERY) -> Line:
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    app: App = bolt(client, workspace := Workspace(client))
    workspace.learn()
    app.command("/ec2")(lambda ack: ack("here"))
    line = Line(lambda: Handler(app, slack.app_token, 4, ping_every), SILENCE)
    lines.append(line)
    line.connect()
    slack.socket.wait_for_connections(1, timeout=5)
    return line


def mends(slack: LocalSlack, line: Line, seconds: float = 5.0) -> float:
    """Look again and again until another client carries it; returns how long it took."""
    began, carrier = time.monotonic(), line._handler
    while line._handler is carrier and time.monotonic() - began < seconds:
        line.mend()
        time.sleep(0.05)
    assert line._handler is not carrier
    return time.monotonic() - began


def test_a_silent_socket_is_replaced_and_the_next_command_is_heard(
    slack: LocalSlack, lines: list[Line], caplog: pytest.LogCaptureFixture
) -> None:
    line = connect(slack, lines, SELDOM)
    slack.socket.hush()
    assert slack.socket.connections == 1  # to Slack it looks open, and so it does to slack_sdk
    assert line.look().connected
    assert slack.as_person("U0SATO").types("C0OPS", "/ec2").why == "operation_timeout"
    mends(slack, line)
    slack.wait_until(lambda: slack.socket.connections == 1)  # the old one is gone: it takes no turn
    assert [slack.as_person("U0SATO").types("C0OPS", "/ec2").shown for _ in range(3)] == ["here"] * 3
    assert "slack.deaf" in [getattr(each, "action", "") for each in caplog.records]


def test_a_session_that_never_heard_anything_is_replaced_too(slack: LocalSlack, lines: list[Line]) -> None:
    """slack_sdk counts from the last answer to a ping, and here there never was one."""
    line = connect(slack, lines, SELDOM)
    slack.socket.hush()
    session = line._handler.client.current_session
    assert session is not None
    session.last_ping_pong_time = None
    session.check_state()
    assert session.is_active()
    mends(slack, line)


def test_a_session_that_nobody_reads_is_replaced(slack: LocalSlack, lines: list[Line]) -> None:
    """What a new session of slack_sdk looked like whose reader did not come along."""
    line = connect(slack, lines)
    line._handler.client.current_session_state.terminated = True
    line._handler.client.current_session_runner.event.set()
    assert slack.as_person("U0SATO").types("C0OPS", "/ec2").why == "operation_timeout"
    mends(slack, line)
    slack.wait_until(lambda: slack.socket.connections == 1)
    assert slack.as_person("U0SATO").types("C0OPS", "/ec2").shown == "here"


def test_a_quiet_workspace_is_not_a_deaf_socket(slack: LocalSlack, lines: list[Line]) -> None:
    line = connect(slack, lines)
    carrier, until = line._handler, time.monotonic() + 3 * SILENCE
    while time.monotonic() < until:
        line.mend()
        time.sleep(0.05)
    assert line._handler is carrier


def test_whatever_comes_in_counts_what_people_type_and_a_ping_of_slacks(
    slack: LocalSlack, lines: list[Line]
) -> None:
    line = connect(slack, lines, SELDOM)
    session = line._handler.client.current_session
    assert session is not None
    for _ in range(4):
        time.sleep(SILENCE / 2)
        assert slack.as_person("U0SATO").types("C0OPS", "/ec2").acked
        assert line.look().silent < SILENCE / 2
    time.sleep(SILENCE / 2)
    session.pong("Ping from Slack")  # what slack_sdk does for one
    assert line.look().silent < SILENCE / 2


def test_while_slack_is_away_the_old_socket_stays_and_it_is_tried_again(
    slack: LocalSlack, lines: list[Line]
) -> None:
    line = connect(slack, lines, SELDOM)
    slack.socket.hush()
    slack.faults.answer("apps.connections.open", status=500, times=2)
    carrier = line._handler
    slack.wait_until(lambda: line.look().deaf)
    for _ in range(2):
        line.mend()
        assert line._handler is carrier
    mends(slack, line)


def test_what_came_in_is_told_by_what_has_changed_and_not_by_a_clock_on_the_wall() -> None:
    at, client = [0.0], FakeClient()
    look = Hearing(client, 30.0, lambda: at[0]).look  # type: ignore[arg-type]  # all of one that is looked at
    assert look() == Heard(connected=True, deaf=False, silent=0.0)
    at[0] = 20.0
    assert look() == Heard(connected=True, deaf=False, silent=20.0)
    client.came += 1
    assert look().silent == 0.0
    at[0] = 51.0
    assert look().deaf
    client.current_session.session_id = "another"
    assert not look().deaf
    client.connected = False
    at[0] = 999.0
    assert not look().deaf  # it does not even look connected: slack_sdk comes back by itself


def test_silence_until_a_new_socket_takes_less_than_a_minute() -> None:
    """To notice, and then at worst to wait for Slack's answer, for TCP and for the upgrade."""
    assert WATCH.silence + WATCH.look_every + PATIENCE + 3 * 3.0 <= 60.0


class FakeSession:
    session_id = "one"
    last_ping_pong_time: float | None = None


class FakeClient:
    def __init__(self) -> None:
        self.current_session = FakeSession()
        self.came = 0
        self.connected = True

    def is_connected(self) -> bool:
        return self.connected
