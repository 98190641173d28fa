"""People acting over HTTP."""

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from playground.slack.server import LocalSlack
from playground.slack.shapes import Json
from tests.playground.slack.conftest import Connect
from tests.playground.slack.words import actions, button


def act(slack: LocalSlack, user: str, verb: str, **said: object) -> Json:
    asked = Request(f"{slack.url}/people/{user}/{verb}", json.dumps(said).encode())
    with urlopen(asked, timeout=5) as answer:
        body: Json = json.load(answer)
    return body


def test_people_can_act_from_another_process(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect
) -> None:
    app.command("/ec2")(lambda ack: ack("here"))
    app.action("approve")(lambda ack: ack())
    connect(app)
    assert act(slack, "U0SATO", "types", channel="C0OPS", line="/ec2 list")["shown"] == "here"
    ts = web.chat_postMessage(channel="C0OPS", text="plan", blocks=[actions(button("approve"))])["ts"]
    assert act(slack, "U0SUZUKI", "clicks", channel="C0OPS", ts=ts, which="approve")["acked"]


@pytest.mark.parametrize("verb", ["dances", "types"])
def test_what_cannot_be_done_is_said(slack: LocalSlack, verb: str) -> None:
    with pytest.raises(HTTPError, match="400") as error:
        act(slack, "U0SATO", verb)
    error.value.close()
