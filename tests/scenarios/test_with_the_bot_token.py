"""Somebody has the bot's token, and writes as toban: lines, and cards with buttons of their own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.operation import State
from playground.aws.server import LocalAws
from playground.slack.message import Message
from tests.scenarios.given import ENGLISH, READER, SECOND, instances, run_instances
from tests.scenarios.whole import Whole, the_whole


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path) as there:
        yield there


@pytest.fixture
def waiting(whole: Whole) -> int:
    """What waits for somebody to agree."""
    run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    whole.card(number, "waiting for approval")
    whole.until(whole.all_sent)
    return number


def posted(whole: Whole, text: str, action: str = "", value: str = "") -> Message:
    client = WebClient(whole.slack.bot_token, base_url=whole.slack.api_url)
    button = {
        "type": "button",
        "text": {"type": "plain_text", "text": "OK"},
        "action_id": action,
        "value": value,
    }
    blocks: list[dict[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": text}}]
    if action:
        blocks.append({"type": "actions", "elements": [button]})
    ts = client.chat_postMessage(channel=ENGLISH, text=text, blocks=blocks)["ts"]
    return whole.slack.wait_for_message(ENGLISH, lambda message: message.ts == ts)


def nothing_has_happened(whole: Whole, number: int) -> None:
    assert whole.state(number) is State.WAITING
    assert set(instances(whole.aws, "prod").values()) == {"running"}
    assert whole.rows("select count(*) from asks") == [(number,)]


@pytest.mark.parametrize("seen", ["0" * 64, "drill", ""])
def test_a_button_that_does_not_know_the_plans_hash_agrees_to_nothing(
    whole: Whole, waiting: int, seen: str
) -> None:
    card = posted(whole, "Lunch?", "toban.approve", json.dumps({"op": waiting, "hash": seen}))
    whole.slack.as_person(SECOND).clicks(card, "toban.approve")
    nothing_has_happened(whole, waiting)


def test_a_button_that_ends_failure_tests_ends_nothing_else_for_who_may_not_cancel(
    whole: Whole, waiting: int
) -> None:
    card = posted(whole, "Lunch?", "toban.abort", json.dumps({"op": waiting, "hash": "drill"}))
    assert "You may not cancel" in whole.clicks(card, READER, "toban.abort")
    nothing_has_happened(whole, waiting)


def test_what_is_written_as_toban_is_no_line(whole: Whole, waiting: int) -> None:
    for text in ("/ec2 stop all", "<@U0TOBAN> ec2 stop all"):
        posted(whole, text)
    nothing_has_happened(whole, waiting)


def test_a_button_asks_with_the_rights_of_who_clicks_it(whole: Whole, waiting: int) -> None:
    """It may mislead people, and gives them no rights."""
    card = posted(whole, "Lunch?", "toban.offer.0", "ec2 stop tag:env=prod")
    assert "only for operators" in whole.clicks(card, READER, "toban.offer.0")
    nothing_has_happened(whole, waiting)
