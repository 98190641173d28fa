"""What the page moves."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen

from slack_sdk import WebClient

from playground.page.stage import Stage
from tests.playground.page.conftest import Browser


def test_a_private_message_can_be_put_away(stage: Stage, browser: Browser, web: WebClient) -> None:
    ts = web.chat_postEphemeral(channel="C0OPS", user="U0SATO", text="for you")["message_ts"]
    assert not browser.post("/page/dismiss", {"person": "U0SATO", "channel": "C0OPS"})["ok"]
    assert browser.post("/page/dismiss", {"person": "U0SATO", "channel": "C0OPS", "ts": ts})["ok"]
    assert stage.slack.ephemerals("C0OPS", "U0SATO") == []


def test_nothing_can_happen_to_an_aws_that_is_not_there_yet(browser: Browser) -> None:
    told = browser.post("/page/happen", {"key": "throttle", "target": ""})
    assert told == {"ok": False, "error": "the AWS accounts are not there yet"}


def test_what_there_is_not_is_said(browser: Browser) -> None:
    assert "none of" in browser.post("/page/dance", {})["error"]
    assert not browser.post("/page/bot", {"do": "dance"})["ok"]
    assert not browser.post("/page/clock", {"at": "noon"})["ok"]


def test_another_site_cannot_move_anything(browser: Browser, stage: Stage) -> None:
    evil = {"Origin": "https://example.com"}
    assert _refused(browser, "/page/bot", evil)
    assert _refused(browser, "/people/U0SATO/says", evil)
    assert _refused(browser, "/page/bot", {"Host": "playground.example.com"})
    assert browser.post("/page/bot", {"do": "stop"}, Origin=stage.slack.url)["ok"]


def _refused(browser: Browser, path: str, headers: dict[str, str]) -> bool:
    try:
        urlopen(Request(browser.url + path, b"{}", headers), timeout=5)
    except HTTPError as error:
        with error:
            return error.code == 403
    return False
