"""Mentions and other events: sent again until they are acknowledged."""

import threading

import pytest
from slack_bolt import App, Say
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from playground.slack.server import LocalSlack
from playground.slack.shapes import Json
from tests.playground.slack.conftest import Connect


def test_a_mention_in_a_thread_is_answered_there(
    slack: LocalSlack, app: App, connect: Connect, web: WebClient
) -> None:
    @app.event("app_mention")
    def mentioned(event: Json, say: Say) -> None:
        say(f"heard: {event['text']}", thread_ts=event.get("thread_ts", event["ts"]))

    connect(app)
    parent = web.chat_postMessage(channel="C0OPS", text="plan")["ts"]
    assert slack.as_person("U0SATO").mentions("C0OPS", "ec2 list", thread_ts=parent).acked
    answer = slack.wait_for_message("C0OPS", lambda message: message.text.startswith("heard"))
    assert answer.text == "heard: <@U0TOBAN> ec2 list"
    assert answer.thread_ts == parent


def test_the_bot_does_not_hear_where_it_is_not(slack: LocalSlack) -> None:
    outcome = slack.as_person("U0SATO").mentions("C0RANDOM", "ec2 list")
    assert outcome.payload == {}
    assert slack.messages("C0RANDOM")[0].text == "<@U0TOBAN> ec2 list"


def test_the_bot_hears_what_is_said_to_it_directly(slack: LocalSlack, app: App, connect: Connect) -> None:
    app.event("message")(lambda event, say: say(event["text"].upper()))
    connect(app)
    direct = slack.dm("U0SATO")
    assert slack.as_person("U0SATO").says(direct, "help").acked
    assert slack.wait_for_message(direct, lambda message: message.text == "HELP")


@pytest.mark.parametrize("patience", [1.0])
def test_an_unacknowledged_mention_comes_again_under_the_same_id(slack: LocalSlack, web: WebClient) -> None:
    heard: list[SocketModeRequest] = []
    third = threading.Event()

    def listen(client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        heard.append(request)
        if len(heard) >= 3:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
            third.set()

    client = SocketModeClient(slack.app_token, web_client=web, auto_reconnect_enabled=False)
    client.socket_mode_request_listeners.append(listen)
    client.connect()
    slack.socket.wait_for_connections(1, timeout=5)
    assert not slack.as_person("U0SATO").mentions("C0OPS", "ec2 list").acked
    assert third.wait(30)
    slack.socket.close()
    client.close()
    heard = heard[:3]  # on a busy machine even what was acknowledged may count as not
    assert [request.retry_attempt for request in heard] == [0, 1, 2]
    assert [request.retry_reason for request in heard] == ["", "timeout", "timeout"]
    assert len({request.payload["event_id"] for request in heard}) == 1
    assert len({request.envelope_id for request in heard}) == 3
