"""Commands where toban is not: a private channel, between two people, with toban alone; each is answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operation import State
from playground.aws.server import LocalAws
from playground.slack.message import Message
from playground.slack.people import Channel
from tests.scenarios.given import APPROVER, OPERATOR, run_instances
from tests.scenarios.whole import Whole, the_whole

PRIVATE, BETWEEN = "C0PRIVATE", "D0BETWEEN"


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path) as there:
        run_instances(there.aws, "dev", 1, env="dev")
        run_instances(there.aws, "prod", 1, env="prod")
        channels, people = there.slack.workspace.channels, {OPERATOR, APPROVER}
        channels[PRIVATE] = Channel(PRIVATE, "secret", set(people), is_private=True)
        channels[BETWEEN] = Channel(BETWEEN, "directmessage", set(people), is_private=True)
        yield there


def directly(whole: Whole, person: str, number: int) -> Message:
    """What this person is told of it by toban alone, first."""
    return whole.slack.wait_for_message(whole.slack.dm(person), lambda one: f"#{number}" in one.text, 20)


@pytest.mark.parametrize(("channel", "may_invite"), [(PRIVATE, True), (BETWEEN, False)])
def test_answers_come_there_and_what_others_must_agree_to_goes_to_them_directly(
    whole: Whole, channel: str, may_invite: bool
) -> None:
    whole.asks("/ec2 list", channel=channel)
    whole.slack.wait_for_ephemeral(channel, OPERATOR, lambda one: "i-" in one.text, 20)
    number = whole.asks("/ec2 stop tag:env=prod", channel=channel)
    assert ("/invite @toban" in directly(whole, OPERATOR, number).text) is may_invite
    assert "/ec2 stop tag:env=prod" in directly(whole, APPROVER, number).text
    assert whole.state(number) is State.WAITING


def test_with_toban_alone_card_and_end_stand_where_it_was_typed_and_who_must_agree_is_told(
    whole: Whole,
) -> None:
    direct = whole.slack.dm(OPERATOR)
    number = whole.asks("/ec2 stop tag:env=dev", channel=direct)
    assert whole.ended(number) == [State.DONE]
    assert "/invite" not in directly(whole, OPERATOR, number).text
    waits = whole.asks("/ec2 stop tag:env=prod", channel=direct)
    assert "/ec2 stop tag:env=prod" in directly(whole, APPROVER, waits).text
