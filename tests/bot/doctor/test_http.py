"""Where Slack comes by HTTP the doctor knocks at the public address as Slack does."""

import pytest
from click.testing import CliRunner
from slack_bolt import BoltResponse

from bot.__main__ import main
from bot.config.health import Listen
from bot.config.http import Http
from bot.doctor import http
from bot.doctor.finding import Health
from tests.bot.doctor.conftest import Setup, only
from tests.bot.slack.by_http import SECRET, There, served
from tests.scenarios.whole import free_port

HERE = Listen("127.0.0.1", 3000)


def at(port: int) -> Http:
    return Http(f"http://127.0.0.1:{port}", HERE)


def test_an_address_that_leads_to_toban_with_the_same_secret_is_well() -> None:
    with served() as there:
        only(list(http.look(at(there.port), SECRET)), Health.OK)
        assert there.reached == []


def test_another_secret_is_told_from_an_address_that_leads_elsewhere() -> None:
    with served() as there:
        secret = only(list(http.look(at(there.port), "another" * 5)), Health.FAILED)
        elsewhere = only(list(http.look(Http(f"{at(there.port).url}/a", HERE), SECRET)), Health.FAILED)
    assert "SLACK_SIGNING_SECRET" in secret.do
    assert "HTTP 404" in elsewhere.what
    assert "correct [http] url" in elsewhere.do


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_without_a_toban_behind_it_is_a_warning(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with served() as there:
        stub(there, monkeypatch, status)
        found = only(list(http.look(at(there.port), SECRET)), Health.WARNING)
    assert f"HTTP {status}" in found.what
    assert "Start `toban run`" in found.do


def stub(there: There, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    monkeypatch.setattr("bot.slack.gate._challenge", lambda *_: "")
    monkeypatch.setattr(there.gate, "dispatch", lambda _: BoltResponse(status=status))


def test_nobody_there_is_a_warning_that_says_to_start_toban() -> None:
    found = only(list(http.look(at(free_port()), SECRET)), Health.WARNING)
    assert "Connection refused" in found.what
    assert "Start `toban run`" in found.do


def test_the_whole_doctor_asks_for_no_apps_token_then(setup: Setup) -> None:
    config = (
        'zone = "UTC"\n[accounts.dev]\nid = "222222222222"\nregions = ["us-east-1"]\n[http]\nurl = "{}"\n'
    )
    with served() as there:
        setup.configure(config.format(at(there.port).url))
        del setup.environment["SLACK_APP_TOKEN"]
        setup.environment["SLACK_SIGNING_SECRET"] = SECRET
        told = CliRunner().invoke(main, ["doctor"], env={**setup.environment, "SLACK_APP_TOKEN": None}).output
    assert "takes what is signed with the Signing Secret" in told
    assert "opens sockets" not in told
    assert "SLACK_APP_TOKEN" not in told
