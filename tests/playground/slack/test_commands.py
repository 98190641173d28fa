"""Slash commands, as a Bolt app on a socket receives and answers them."""

import time
from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest
from slack_bolt import Ack, App, Respond

from playground.slack import seeds
from playground.slack.errors import CannotDoError
from playground.slack.escaping import in_command, in_message
from playground.slack.server import LocalSlack
from playground.slack.shapes import Json
from playground.slack.workspace import Workspace
from tests.playground.slack.conftest import Connect, PushedClock
from tests.playground.slack.words import section

Answering = Callable[[Ack], object]


def test_a_command_arrives_with_all_that_slack_sends(slack: LocalSlack, app: App, connect: Connect) -> None:
    heard: list[Json] = []

    @app.command("/ec2")
    def ec2(ack: Ack, command: Json) -> None:
        heard.append(command)
        ack()

    connect(app)
    outcome = slack.as_person("U0SATO").types("C0OPS", "/ec2 stop tag:env=dev")
    assert outcome.acked
    assert outcome.shown == ""
    wanted = {
        "command": "/ec2",
        "text": "stop tag:env=dev",
        "user_id": "U0SATO",
        "user_name": "sato",
        "channel_id": "C0OPS",
        "channel_name": "ops",
        "team_id": "T0ASAGAO",
        "team_domain": "asagao",
        "api_app_id": "A0TOBAN",
        "is_enterprise_install": "false",
    }
    assert wanted.items() <= heard[0].items()
    assert heard[0]["response_url"].startswith(slack.url)
    assert heard[0]["trigger_id"]


@pytest.mark.parametrize(
    ("answering", "seen_by"),
    [
        (lambda ack: ack("planned"), "U0SATO"),
        (lambda ack: ack(text="planned", response_type="in_channel"), ""),
        (lambda ack: ack(blocks=[section("x")], text="planned"), "U0SATO"),
    ],
)
def test_what_the_acknowledgement_says_is_shown(
    slack: LocalSlack, app: App, connect: Connect, answering: Answering, seen_by: str
) -> None:
    @app.command("/ec2")
    def ec2(ack: Ack) -> None:
        answering(ack)

    connect(app)
    assert slack.as_person("U0SATO").types("C0OPS", "/ec2 list").shown == "planned"
    said = slack.ephemerals("C0OPS", "U0SATO") if seen_by else slack.messages("C0OPS")
    assert [(message.text, message.seen_by) for message in said] == [("planned", seen_by)]


def test_an_acknowledgement_that_slack_cannot_show_is_an_error(
    slack: LocalSlack, app: App, connect: Connect
) -> None:
    app.command("/ec2")(lambda ack: ack(text="x", blocks=[section("x" * 3001)]))
    connect(app)
    outcome = slack.as_person("U0SATO").types("C0OPS", "/ec2 list")
    assert outcome.shown == '/ec2 failed with the error "dispatch_unknown_error"'


@pytest.mark.parametrize("patience", [1.0])
def test_a_late_acknowledgement_is_a_timeout_and_the_command_is_not_sent_again(
    slack: LocalSlack, app: App, connect: Connect
) -> None:
    heard: list[str] = []

    @app.command("/ec2")
    def ec2(ack: Ack, command: Json) -> None:
        heard.append(command["text"])
        time.sleep(1.2)
        ack("too late")

    connect(app)
    outcome = slack.as_person("U0SATO").types("C0OPS", "/ec2 list")
    assert not outcome.acked
    assert outcome.shown == '/ec2 failed with the error "operation_timeout"'
    assert [message.text for message in slack.ephemerals("C0OPS", "U0SATO")] == [outcome.shown]
    assert heard == ["list"]


def test_without_a_connection_the_person_reads_dispatch_failed(slack: LocalSlack) -> None:
    outcome = slack.as_person("U0SATO").types("C0OPS", "/ec2 list")
    assert outcome.shown == '/ec2 failed with the error "dispatch_failed"'


def test_a_command_nobody_declared_never_reaches_the_app(clock: PushedClock) -> None:
    with LocalSlack(clock=clock, app=replace(seeds.BOT, commands=frozenset({"/ec2"}))) as slack:
        outcome = slack.as_person("U0SATO").types("C0OPS", "/ec3 list")
    assert outcome.shown == "/ec3 is not a valid command."


def test_a_command_may_be_typed_in_direct_messages(slack: LocalSlack, app: App, connect: Connect) -> None:
    app.command("/ec2")(lambda ack, command: ack(command["channel_name"]))
    connect(app)
    assert slack.as_person("U0SATO").types(slack.dm("U0SATO"), "/ec2").shown == "directmessage"


@pytest.mark.parametrize(
    ("user", "channel"), [("U0ITO", "C0BILLING"), ("U0KATO", "C0OPS"), ("U0SATO", "C0OLD")]
)
def test_who_is_not_there_cannot_type(slack: LocalSlack, user: str, channel: str) -> None:
    with pytest.raises(CannotDoError):
        slack.as_person(user).types(channel, "/ec2 list")


def test_a_later_word_comes_by_the_response_url(slack: LocalSlack, app: App, connect: Connect) -> None:
    shown = Event()

    @app.command("/ec2")
    def ec2(ack: Ack, respond: Respond) -> None:
        ack("planning")
        shown.wait(5)
        respond("planned", replace_original=True)

    connect(app)
    slack.as_person("U0SATO").types("C0OPS", "/ec2 list")
    shown.set()
    assert slack.wait_for_ephemeral("C0OPS", "U0SATO", lambda message: message.text == "planned")
    assert len(slack.ephemerals("C0OPS", "U0SATO")) == 1


ESCAPED = [
    ("approve @suzuki", "approve <@U0SUZUKI|suzuki>", "approve <@U0SUZUKI>"),
    ("tell @approvers", "tell <!subteam^S0APPROVERS|@approvers>", "tell <!subteam^S0APPROVERS>"),
    ("in #ops-prod", "in <#C0OPSPROD|ops-prod>", "in <#C0OPSPROD|ops-prod>"),
    ("see https://example.com/a?b=1", "see <https://example.com/a?b=1>", "see <https://example.com/a?b=1>"),
    ("name:www.example.com", "name:www.example.com", "name:www.example.com"),
    (
        "www.example.com",
        "<http://www.example.com|www.example.com>",
        "<http://www.example.com|www.example.com>",
    ),
    ("a < b & c > d", "a &lt; b &amp; c &gt; d", "a &lt; b &amp; c &gt; d"),
    ("me@example.com #1", "me@example.com #1", "me@example.com #1"),
    ("<@U0SATO> is there", "<@U0SATO> is there", "<@U0SATO> is there"),
]


@pytest.mark.parametrize(("typed", "command", "message"), ESCAPED)
def test_typed_text_is_escaped_as_slack_does(
    clock: PushedClock, typed: str, command: str, message: str
) -> None:
    slack = Workspace(clock)
    assert in_command(slack, typed) == command
    assert in_message(slack, typed) == message


def test_an_app_may_decline_names_for_people(clock: PushedClock) -> None:
    slack = Workspace(clock, replace(seeds.BOT, escapes=False))
    assert in_command(slack, "@suzuki & co") == "@suzuki &amp; co"
