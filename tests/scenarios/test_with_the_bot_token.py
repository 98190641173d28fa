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


def test_what_is_written_as_toban_asks_nothing_agrees_to_nothing_and_gives_nobody_rights(
    whole: Whole, waiting: int
) -> None:
    """It may mislead people, who then do what they may do anyway."""
    for text in ("/ec2 stop all", "<@U0TOBAN> ec2 stop all"):
        posted(whole, text)

    card = posted(whole, "Lunch?", "toban.approve", json.dumps({"op": waiting, "hash": "0" * 64}))
    assert f"#{waiting}" in whole.clicks(card, SECOND)

    card = posted(whole, "Lunch?", "toban.abort", json.dumps({"op": waiting, "hash": "drill"}))
    assert "operators" in whole.clicks(card, READER, "toban.abort")

    card = posted(whole, "Lunch?", "toban.offer.0", "ec2 stop tag:env=prod")
    assert "operators" in whole.clicks(card, READER, "toban.offer.0")

    assert whole.state(waiting) is State.WAITING
    assert set(instances(whole.aws, "prod").values()) == {"running"}
    assert whole.rows("select count(*) from asks") == [(waiting,)]
