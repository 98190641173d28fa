"""A page over a local Slack, without AWS and without a bot process."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from bot.language import Languages
from playground.page.bot_process import BotProcess
from playground.page.drawing import Drawing
from playground.page.reader import Reader
from playground.page.routes import serve_page
from playground.page.stage import Stage
from playground.slack.clock import utc_now
from playground.slack.server import LocalSlack
from playground.slack.shapes import Json
from playground.slack.workspace import Workspace


@dataclass(frozen=True)
class Browser:
    """A browser's two ways to the page."""

    url: str

    def get(self, path: str, **headers: str) -> str:
        """What is shown at an address.  Raises HTTPError."""
        with self.open(path, **headers) as answer:
            return answer.read().decode()

    def open(self, path: str, **headers: str) -> HTTPResponse:
        """The answer itself."""
        asked = Request(self.url + path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer: HTTPResponse = urlopen(asked, timeout=5)
        return answer

    def post(self, path: str, said: Json, **headers: str) -> Json:
        """What comes of sending JSON; what cannot be done comes back with `ok` false."""
        asked = Request(
            self.url + path, json.dumps(said).encode(), {k.replace("_", "-"): v for k, v in headers.items()}
        )
        try:
            with urlopen(asked, timeout=5) as answer:
                body: Json = json.load(answer)
        except HTTPError as error:
            with error:
                body = json.load(error)
        return body


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(LocalSlack(patience=0.3, again_after=()), BotProcess(tmp_path), Languages.load())
    serve_page(stage)
    with stage.slack:
        yield stage


@pytest.fixture
def web(stage: Stage) -> WebClient:
    return WebClient(stage.slack.bot_token, base_url=stage.slack.api_url, timeout=2, retry_handlers=[])


@pytest.fixture
def browser(stage: Stage) -> Browser:
    return Browser(stage.slack.url)


@pytest.fixture
def draw() -> Drawing:
    room = Workspace(utc_now)
    return Drawing(Reader(room, room.person("U0SATO")), "http://127.0.0.1:1")
