"""Slack comes by signed HTTP: every kind of delivery goes through the whole over the real server."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operation import State
from bot.settings import load
from bot.wiring import Bot
from playground.aws.server import LocalAws
from playground.slack.delivery import Envelope
from tests.scenarios.given import APPROVER, ENGLISH, OPERATOR, SECOND, instances, run_instances
from tests.scenarios.test_the_whole_health import get, reasons
from tests.scenarios.whole import Whole, free_port, the_whole


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path, by_http=True) as there:
        yield there


def test_a_command_a_card_a_click_and_the_end(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 2, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    assert "1 of 1. It is carried out now." in whole.clicks(whole.card(number, "waiting"), SECOND)
    assert whole.ended(number) == [State.DONE]
    assert set(instances(whole.aws, "prod").values()) == {"stopped"}
    assert f"<@{OPERATOR}>" in whole.reply(number, "end").text
    again = whole.slack.as_person(SECOND).uses_shortcut("toban.again", whole.card(number))
    assert again.acked
    whole.ended(whole.number(f"again:{again.payload['trigger_id']}"))
    assert whole.slack.socket.connections == 0


def test_what_is_wrong_is_answered_in_the_acknowledgement_itself(whole: Whole) -> None:
    assert "sotp" in whole.types("/ec2 sotp").shown


def test_a_form_whose_menu_asks_for_its_options(whole: Whole) -> None:
    (one,) = run_instances(whole.aws, "prod", 1, env="prod", Name="web-本番-1")
    whole.front.estate.read()
    assert whole.types("/ec2 stop", SECOND).shown == ""
    whole.until(lambda: bool(whole.slack.views(SECOND)))
    form = whole.slack.views(SECOND)[-1]
    person = whole.slack.as_person(SECOND)
    whole.until(lambda: "toban.form.targets" in json.dumps(form.body))
    found = person.looks_up(form, "toban.form.targets", "本番")
    assert [each["value"] for each in (found.response or {})["options"]] == [one]
    wrong = person.submits(form.id, {})
    assert "needs to know on what" in json.dumps(wrong.response)  # response_action, in the body of the answer
    assert person.submits(form.id, {"targets/toban.form.targets": [one]}).acked
    number = whole.number(f"form:{form.id}")
    whole.clicks(whole.card(number, "waiting for approval"), APPROVER)
    assert whole.ended(number) == [State.DONE]


def test_a_mention_and_the_home_tab(whole: Whole) -> None:
    said = whole.slack.as_person(OPERATOR).mentions(ENGLISH, "ec2 list")
    assert said.acked
    whole.until(lambda: whole.rows("select door, line from asks") == [("mention", "ec2 list")])
    run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    whole.card(number, "waiting")
    assert whole.slack.as_person(SECOND).opens_home().acked
    whole.until(lambda: f"#{number}" in json.dumps(tab.body if (tab := whole.slack.home(SECOND)) else {}))
    tab = whole.slack.home(SECOND)
    assert tab is not None
    assert whole.slack.as_person(SECOND).clicks(tab, "toban.deny").acked
    whole.until(lambda: bool(whole.slack.views(SECOND)))
    reason = whole.slack.views(SECOND)[-1]
    assert whole.slack.as_person(SECOND).submits(reason.id, {"reason/text": "not today"}).acked
    assert whole.ended(number) == [State.DENIED]


def test_who_comes_into_a_channel_and_is_put_out_of_it(
    whole: Whole, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "toban")
    boss = whole.slack.as_person(APPROVER)
    boss.puts_out(ENGLISH)  # channel_left
    boss.invites(ENGLISH)  # member_joined_channel
    heard = [getattr(one, "action", "") for one in caplog.records]
    assert heard.index("slack.channel-lost") < heard.index("slack.channel-back")
    refused = whole.slack.wire.lines("refused")
    assert refused == []


def test_what_one_replica_took_is_not_taken_again_by_another(whole: Whole) -> None:
    """A recorded delivery, anew for a process that has not seen it: the database has its key."""
    run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    card = whole.card(number, "waiting")
    whole.slack.as_person(OPERATOR).mentions(ENGLISH, "ec2 list")
    whole.clicks(card, SECOND)
    assert whole.ended(number) == [State.DONE]
    whole.until(lambda: whole.rows("select count(*) from asks") == [(2,)])
    kinds = ("slash_commands", "events_api", "interactive")
    recorded = [(kind, line.body) for kind in kinds for line in whole.slack.wire.lines(kind, way="out")]
    assert {kind for kind, _ in recorded} == set(kinds)
    for kind, body in recorded:
        assert whole.slack.office.delivery.deliver(Envelope(kind, json.loads(body)), 5.0).acked
    whole.until(whole.all_sent)
    assert whole.rows("select count(*) from asks") == [(2,)]
    assert whole.rows("select count(*) from approvals") == [(1,)]
    assert whole.aws.control.count("StopInstances") == 1


def test_until_slack_says_who_is_who_nothing_is_taken_and_it_is_red(
    local_aws: LocalAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.incoming.AGAIN_AFTER", 0.1)
    monkeypatch.setattr("bot.health.pages.FRESH", 0.0)
    port = free_port()
    config = f'\n[health]\nlisten = "127.0.0.1:{port}"\n'
    with the_whole(local_aws, tmp_path, config=config, running=False, by_http=True) as whole:
        whole.slack.faults.answer("auth.test", status=500, times=1000)
        bot = Bot(load(whole.environ), whole.time)
        bot.start()
        try:
            assert whole.slack.as_person(OPERATOR).types(ENGLISH, "/ec2 list").why == "http_error"
            assert "until Slack says who is who" in reasons(port)
            whole.slack.faults.clear()
            whole.until(lambda: reasons(port) == "")
            whole.asks("/ec2 list")
            assert "\ntoban_ack_seconds_count 1\n" in get(port, "/metrics")[1]
            assert "toban_socket_connected{" not in get(port, "/metrics")[1]
        finally:
            bot.stop()
