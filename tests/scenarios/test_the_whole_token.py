"""The bot's token is taken back while toban runs: said once with what to do, and nothing is lost."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operation import State
from playground.aws.server import LocalAws
from tests.scenarios.given import run_instances
from tests.scenarios.test_the_whole_health import reasons
from tests.scenarios.whole import Whole, free_port, the_whole


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Whole]:
    monkeypatch.setattr("bot.health.pages.FRESH", 0.0)
    monkeypatch.setattr("bot.slack.bearer.ASK_EVERY", 0.2)
    monkeypatch.setattr("bot.slack.bearer.ASK_AGAIN", 0.2)
    monkeypatch.setattr("bot.slack.team.LOOK_EVERY", 0.1)
    with the_whole(local_aws, tmp_path, config=f'\n[health]\nlisten = "127.0.0.1:{port}"\n') as there:
        yield there


def said(caplog: pytest.LogCaptureFixture, action: str) -> list[str]:
    return [one.getMessage() for one in caplog.records if getattr(one, "action", "") == action]


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive"])
def test_it_is_said_once_and_what_waits_is_sent_after_a_restart_with_a_new_one(
    whole: Whole, port: int, caplog: pytest.LogCaptureFixture, code: str
) -> None:
    run_instances(whole.aws, "dev", 1, env="dev")
    assert reasons(port) == ""
    whole.slack.tokens.take_back(code)
    whole.until(lambda: f"({code})" in reasons(port))  # though nobody says anything
    assert "SLACK_BOT_TOKEN and start toban anew" in reasons(port)
    number = whole.asks("/ec2 stop tag:env=dev")  # who types is heard, and the work is done
    whole.until(lambda: whole.state(number) is State.DONE)
    assert not whole.all_sent()
    (told,) = said(caplog, "slack.token-refused")
    assert code in told
    assert "SLACK_BOT_TOKEN" in told
    assert whole.slack.bot_token not in caplog.text
    whole.slack.tokens.issue()
    whole.time.push(minutes=10)
    whole.restart()
    assert whole.ended(number, timeout=20) == [State.DONE]
    whole.card(number, "done")
    assert reasons(port) == ""


def test_an_account_that_is_made_active_again_needs_nothing(
    whole: Whole, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "toban")
    whole.slack.tokens.take_back("account_inactive")
    whole.until(lambda: reasons(port) != "")
    whole.slack.tokens.issue(whole.slack.bot_token)
    whole.until(lambda: reasons(port) == "")
    assert said(caplog, "slack.token-taken") != []


def test_one_that_a_secrets_manager_writes_into_a_file_is_taken_up_without_a_restart(
    local_aws: LocalAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.team.LOOK_EVERY", 0.1)
    file = tmp_path / "token"
    with the_whole(local_aws, tmp_path, running=False) as whole:
        file.write_text(f"{whole.slack.bot_token}\n", encoding="utf-8")
        whole.token = {"SLACK_BOT_TOKEN_FILE": str(file)}
        whole.start()
        run_instances(whole.aws, "dev", 2, env="dev")
        whole.slack.tokens.take_back()
        first = whole.asks("/ec2 stop tag:env=dev")
        whole.until(lambda: whole.state(first) is State.DONE)
        file.write_text(f"{whole.slack.tokens.issue()}\n", encoding="utf-8")
        whole.until(lambda: not whole.bot.team.client.bearer.is_refused())
        whole.time.push(minutes=10)
        assert whole.ended(first, timeout=20) == [State.DONE]
        assert whole.ended(whole.asks("/ec2 start tag:env=dev")) == [State.DONE]
        whole.stop()


def test_tokens_that_expire_twice_a_day_are_renewed_and_nobody_notices(
    local_aws: LocalAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.slack.team.LOOK_EVERY", 0.1)
    with the_whole(local_aws, tmp_path, running=False) as whole:
        tokens, used = whole.slack.tokens, set[str]()

        def a_day_goes_by() -> None:
            """The one before expires once there is a new one."""
            before = tokens.bot
            used.update((before, tokens.refresh))
            whole.until(lambda: tokens.bot != before, timeout=30)
            whole.until(lambda: whole.bot.team.client.bearer.token == tokens.bot, timeout=30)
            tokens.refused[before] = "token_expired"

        tokens.rotate()
        whole.token = rotating(whole)
        whole.start()
        a_day_goes_by()
        run_instances(whole.aws, "dev", 1, env="dev")
        assert whole.ended(whole.asks("/ec2 stop tag:env=dev"), timeout=30) == [State.DONE]
        whole.time.push(hours=11)
        a_day_goes_by()
        whole.restart()  # with the variables of the first day
        assert whole.ended(whole.asks("/ec2 start tag:env=dev"), timeout=30) == [State.DONE]
        whole.stop()
        used.update((tokens.bot, tokens.refresh))
        kept = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()).decode("latin-1")
        assert [one for one in used if one in kept or one in caplog.text] == []
        assert len(used) == 6


def rotating(whole: Whole) -> dict[str, str]:
    """The variables of an app with token rotation, as a person copies them once."""
    name, secret = whole.slack.tokens.client
    return {
        "SLACK_BOT_TOKEN": whole.slack.bot_token,
        "SLACK_REFRESH_TOKEN": whole.slack.tokens.refresh,
        "SLACK_CLIENT_ID": name,
        "SLACK_CLIENT_SECRET": secret,
    }
