"""A page is told at once what changed."""

import html
import json
import re
from http.client import HTTPResponse

import pytest
from slack_sdk import WebClient

from playground.page.stage import Stage
from playground.slack.shapes import Json
from tests.playground.page.conftest import Browser
from tests.playground.page.test_pages import FORM


def next_event(stream: HTTPResponse) -> Json:
    while True:
        line = stream.readline().decode()
        if line.startswith("data: "):
            told: Json = json.loads(line.removeprefix("data: "))
            return told


def test_a_message_reaches_an_open_page(browser: Browser, web: WebClient) -> None:
    with browser.open("/live?person=U0SATO") as stream:
        before = next_event(stream)
        web.chat_postMessage(channel="C0OPS", text="news")
        after = next_event(stream)
    assert after["messages"] != before["messages"]
    assert after["wire"] > before["wire"]


def test_a_page_knows_what_it_was_drawn_from_and_fetches_nothing_twice(
    browser: Browser, web: WebClient
) -> None:
    web.chat_postMessage(channel="C0OPS", text="news")
    (known,) = re.findall('data-versions="([^"]+)"', browser.get("/?person=U0SATO"))
    with browser.open("/live?person=U0SATO") as stream:
        assert next_event(stream) == json.loads(html.unescape(known))


def test_only_the_first_look_at_somebodys_direct_messages_opens_them(stage: Stage) -> None:
    room = stage.slack.workspace
    before = room.messages.changes
    opened = room.direct("U0ITO")
    assert room.messages.changes == before + 1
    assert room.direct("U0ITO") is opened
    assert room.messages.changes == before + 1


@pytest.mark.parametrize(("person", "hears"), [("U0SATO", True), ("U0SUZUKI", False)])
def test_a_form_reaches_whom_it_is_for(stage: Stage, browser: Browser, person: str, hears: bool) -> None:
    with browser.open(f"/live?person={person}") as stream:
        assert next_event(stream)["views"] == []
        stage.slack.workspace.views.open("U0SATO", FORM)
        stage.slack.workspace.say("C0OPS", "U0ITO", "and something for everybody")
        assert bool(next_event(stream)["views"]) is hears


def test_trouble_in_a_form_reaches_its_reader(stage: Stage, browser: Browser) -> None:
    view = stage.slack.workspace.views.open("U0SATO", FORM)
    with browser.open("/live?person=U0SATO") as stream:
        before = next_event(stream)
        view.trouble = {"reason": "too short"}
        assert next_event(stream)["views"] != before["views"]
