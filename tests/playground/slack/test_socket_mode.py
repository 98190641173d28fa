"""Connections: tickets, turns, and coming back."""

from contextlib import ExitStack
from urllib.request import urlopen

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect as connect_socket

from playground.slack.server import LocalSlack
from tests.playground.slack.conftest import Connect


@pytest.fixture
def answering(app: App) -> App:
    app.command("/ec2")(lambda ack: ack("here"))
    return app


def address(slack: LocalSlack) -> str:
    return str(
        WebClient(slack.app_token, base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)[
            "url"
        ]
    )


def test_a_ticket_opens_one_connection(slack: LocalSlack) -> None:
    url = address(slack)
    with connect_socket(url) as socket:
        assert '"type": "hello"' in str(socket.recv(5))
        with pytest.raises(InvalidStatus), connect_socket(url):
            pass


def test_there_are_ten_connections_and_no_more(slack: LocalSlack) -> None:
    with ExitStack() as sockets:
        for _ in range(10):
            sockets.enter_context(connect_socket(address(slack)))
        slack.socket.wait_for_connections(10, timeout=5)
        with pytest.raises(InvalidStatus), connect_socket(address(slack)):
            pass


def noting(app: App, name: str, took: list[str]) -> App:
    @app.command("/ec2")
    def ec2(ack: Ack) -> None:
        took.append(name)
        ack()

    return app


def test_each_payload_goes_to_one_connection_in_turn(
    slack: LocalSlack, web: WebClient, connect: Connect
) -> None:
    took: list[str] = []
    for name in ("first", "second"):
        connect(noting(App(client=web), name, took))
    for _ in range(4):
        assert slack.as_person("U0SATO").types("C0OPS", "/ec2").acked
    assert sorted(took) == ["first", "first", "second", "second"]


@pytest.mark.parametrize("how", ["refresh", "drop"])
def test_a_client_that_lost_its_connection_comes_back(
    slack: LocalSlack, answering: App, connect: Connect, how: str
) -> None:
    connect(answering)
    {"refresh": slack.socket.refresh, "drop": slack.socket.drop}[how]()
    slack.socket.wait_for_connections(1, timeout=10)
    assert slack.as_person("U0SATO").types("C0OPS", "/ec2").shown == "here"


@pytest.mark.parametrize("patience", [1.0])
def test_a_deaf_socket_looks_healthy_and_hears_nothing(
    slack: LocalSlack, answering: App, connect: Connect
) -> None:
    connect(answering)
    slack.socket.deaf = True
    assert slack.socket.connections == 1
    assert slack.as_person("U0SATO").types("C0OPS", "/ec2").why == "operation_timeout"


def test_what_went_over_the_wire_is_kept_without_tokens(
    slack: LocalSlack, answering: App, connect: Connect
) -> None:
    connect(answering)
    slack.as_person("U0SATO").types("C0OPS", "/ec2 list")
    ways = [(line.way, line.name) for line in slack.wire.lines()][-2:]
    assert ways == [("out", "slash_commands"), ("in", "ack")]
    urlopen(f"{slack.api_url}auth.test?token={slack.bot_token}", timeout=5).close()
    everything = "".join(line.body for line in slack.wire.lines())
    assert slack.bot_token not in everything
    assert slack.app_token not in everything
