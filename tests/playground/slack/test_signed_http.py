"""Signed HTTP requests, as Bolt verifies them."""

import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk import WebClient

from playground.slack.server import LocalSlack
from tests.playground.slack.words import actions, button


class Receiver(HTTPServer):
    """Hands every request to a Bolt app."""

    app: App

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/slack/events"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        headers: dict[str, str | Sequence[str]] = dict(self.headers.items())
        answer = self.server.app.dispatch(BoltRequest(body=body, headers=headers))
        self.send_response(answer.status)
        self.end_headers()
        self.wfile.write(answer.body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver(("127.0.0.1", 0), Handler) as receiver:
        thread = threading.Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield receiver
        receiver.shutdown()
        thread.join()


@pytest.fixture
def signed(receiver: Receiver) -> Iterator[LocalSlack]:
    with LocalSlack(request_url=receiver.url, patience=1.0, again_after=()) as slack:
        yield slack


def bolt(slack: LocalSlack, secret: str) -> App:
    web = WebClient(slack.bot_token, base_url=slack.api_url)
    app = App(client=web, signing_secret=secret)
    app.command("/ec2")(lambda ack: ack("here"))
    app.action("approve")(lambda ack: ack())
    app.event("app_mention")(lambda event, say: say("heard"))
    return app


def test_commands_clicks_and_events_arrive_signed(signed: LocalSlack, receiver: Receiver) -> None:
    receiver.app = bolt(signed, signed.signing_secret)
    sato = signed.as_person("U0SATO")
    assert sato.types("C0OPS", "/ec2 list").shown == "here"
    receiver.app.client.chat_postMessage(channel="C0OPS", text="plan", blocks=[actions(button("approve"))])
    assert sato.clicks(signed.wait_for_message("C0OPS"), "approve").acked
    assert sato.mentions("C0OPS", "ec2 list").acked
    assert signed.wait_for_message("C0OPS", lambda message: message.text == "heard")


def test_an_app_with_another_secret_refuses(signed: LocalSlack, receiver: Receiver) -> None:
    receiver.app = bolt(signed, "another")
    assert signed.as_person("U0SATO").types("C0OPS", "/ec2 list").why == "http_error"


def test_nobody_at_the_url_is_dispatch_failed() -> None:
    with LocalSlack(request_url="http://127.0.0.1:9/slack/events") as slack:
        assert slack.as_person("U0SATO").types("C0OPS", "/ec2 list").why == "dispatch_failed"


def test_events_alone_are_sent_again_and_say_which_try_it_is_and_why(receiver: Receiver) -> None:
    heard: list[tuple[str, str, str]] = []

    def refusing(request: BoltRequest) -> BoltResponse:
        first = {name: values[0] for name, values in request.headers.items()}
        kind = "event" if "event_callback" in request.raw_body else "command"
        heard.append((kind, first.get("x-slack-retry-num", ""), first.get("x-slack-retry-reason", "")))
        return BoltResponse(status=500)

    with LocalSlack(request_url=receiver.url, patience=1.0, again_after=(0.01, 0.01)) as slack:
        receiver.app = bolt(slack, slack.signing_secret)
        receiver.app.dispatch = refusing  # type: ignore[method-assign, assignment]
        sato = slack.as_person("U0SATO")
        assert sato.types("C0OPS", "/ec2 list").why == "http_error"
        sato.mentions("C0OPS", "ec2 list")
        slack.wait_until(lambda: len(heard) == 4)
    assert heard == [("command", "", ""), *(("event", n, n and "http_error") for n in ("", "1", "2"))]
