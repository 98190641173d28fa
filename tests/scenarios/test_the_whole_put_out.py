"""toban is put out of the channel where something waits: who asked has the card; approving works still."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operation import State
from playground.aws.server import LocalAws
from tests.scenarios.given import APPROVER, ENGLISH, OPERATOR, run_instances
from tests.scenarios.whole import Whole, the_whole


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path) as there:
        there.slack.workspace.channels[ENGLISH].is_private = True
        yield there


def test_what_waits_goes_to_who_asked_and_is_approved_and_told_there_until_toban_is_back(
    whole: Whole,
) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    first = whole.card(number, "waiting for approval")
    boss = whole.slack.as_person(APPROVER)
    boss.puts_out(ENGLISH)
    direct = whole.slack.dm(OPERATOR)
    moved = whole.slack.wait_for_message(direct, lambda one: "waiting for approval" in one.text, timeout=20)
    assert "/invite @toban" in moved.text

    whole.clicks(moved, OPERATOR)
    assert whole.state(number) is State.WAITING  # nobody agrees to what they asked for themselves
    assert boss.clicks(first, "toban.approve").acked  # the old one stands where it stood
    assert whole.ended(number) == [State.DONE]
    assert "done" in whole.card(number, "done").text
    assert whole.card(number).channel == direct

    boss.invites(ENGLISH)
    again = whole.asks("/ec2 start tag:env=prod")
    assert whole.card(again, "waiting for approval").channel == ENGLISH


def test_in_a_channel_without_toban_a_command_is_answered_and_who_must_agree_can_at_home(
    whole: Whole,
) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    boss = whole.slack.as_person(APPROVER)
    boss.puts_out(ENGLISH)
    whole.asks("/ec2 list")
    whole.slack.wait_for_ephemeral(ENGLISH, OPERATOR, lambda one: "i-" in one.text, timeout=20)
    number = whole.asks("/ec2 stop tag:env=prod")
    card = whole.slack.wait_for_message(whole.slack.dm(OPERATOR), lambda one: f"#{number}" in one.text, 20)
    assert "/invite @toban" in card.text
    told = whole.slack.wait_for_message(whole.slack.dm(APPROVER), lambda one: f"#{number}" in one.text, 20)
    assert "Home tab" in told.text
    assert boss.opens_home().acked
    whole.until(lambda: "toban.approve" in str(whole.slack.home(APPROVER)), 20)
    home = whole.slack.home(APPROVER)
    assert home is not None
    assert boss.clicks(home, "toban.approve").acked
    assert whole.ended(number) == [State.DONE]
