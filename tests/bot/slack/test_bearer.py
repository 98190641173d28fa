"""The token toban speaks with: refusals are said once, another one is taken up where there is one."""

import logging
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError

from bot.outbox.codes import TOKEN
from bot.slack.bearer import Bearer, InFile, Source
from bot.slack.client import Client
from playground.slack.server import LocalSlack


def client(slack: LocalSlack, file: Path | None = None) -> Client:
    source = InFile(file) if file else Source()
    return Client(Bearer(slack.bot_token, source), slack.api_url, 5)


@pytest.mark.parametrize("code", sorted(TOKEN))
def test_a_refusal_is_said_once_with_what_to_do(code: str, caplog: pytest.LogCaptureFixture) -> None:
    with LocalSlack() as slack:
        web = client(slack)
        slack.tokens.take_back(code)
        for _ in range(3):
            with pytest.raises(SlackApiError):
                web.auth_test()
    (said,) = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
    assert f"({code})" in said
    assert "SLACK_BOT_TOKEN" in said
    assert web.bearer.trouble() in said
    assert web.bearer.token not in caplog.text


def test_what_is_refused_for_another_reason_says_nothing_of_the_token() -> None:
    with LocalSlack() as slack:
        web = client(slack)
        with pytest.raises(SlackApiError, match="channel_not_found"):
            web.chat_postMessage(channel="C0NONE", text="hello")
        assert web.bearer.trouble() == ""


def test_the_apps_token_is_not_taken_for_the_bots() -> None:
    with LocalSlack() as slack:
        web = client(slack)
        with pytest.raises(SlackApiError, match="invalid_auth"):
            web.apps_connections_open(app_token="xapp-taken-back")
        assert web.bearer.trouble() == ""
        slack.tokens.take_back()
        with pytest.raises(SlackApiError):
            web.auth_test()
        web.apps_connections_open(app_token=slack.app_token)
        assert web.bearer.is_refused()


def test_a_call_goes_on_with_the_token_that_stands_in_the_file_by_now(tmp_path: Path) -> None:
    with LocalSlack() as slack:
        file = tmp_path / "token"
        web = client(slack, file)
        assert web.auth_test()["ok"]  # a file that is just being replaced changes nothing
        slack.tokens.take_back()
        file.write_text(f"{slack.tokens.issue()}\n", encoding="utf-8")
        assert web.auth_test()["ok"]
        assert web.token == slack.bot_token
        assert web.bearer.trouble() == ""


@pytest.mark.parametrize("content", ["", "half", "xapp-1-another", "\xff"])
def test_what_is_no_token_is_not_taken_up(tmp_path: Path, content: str) -> None:
    file = tmp_path / "token"
    file.write_bytes(content.encode("latin-1"))
    bearer = Bearer("xoxb-1-mine", InFile(file))
    bearer.look()
    assert bearer.token == "xoxb-1-mine"


def test_somebody_asks_when_nothing_was_said_for_a_while_and_sooner_after_a_refusal() -> None:
    now = [0.0]
    bearer = Bearer("xoxb-1-mine", Source(), lambda: now[0])
    now[0] = 59.0
    assert not bearer.wants_asking()
    now[0] = 61.0
    assert bearer.wants_asking()
    bearer.refused("xoxb-1-mine", "token_revoked")
    now[0] = 72.0
    assert bearer.wants_asking()
    bearer.taken("xoxb-1-mine")
    assert not bearer.wants_asking()
    assert bearer.trouble() == ""


def test_an_answer_about_the_old_token_says_nothing_of_the_new_one() -> None:
    bearer = Bearer("xoxb-1-old", Source())
    bearer.put("xoxb-1-new")
    assert bearer.refused("xoxb-1-old", "token_revoked")
    assert bearer.trouble() == ""
