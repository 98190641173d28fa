"""The shortcut "run again", on a card and on other messages."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operation import State
from bot.slack.manifest import manifest
from playground.aws.server import LocalAws
from tests.scenarios.given import ENGLISH, OPERATOR, READER, SECOND, run_instances
from tests.scenarios.whole import Whole, the_whole


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path) as there:
        yield there


def test_what_a_card_tells_of_is_asked_again_by_whoever_uses_it(whole: Whole) -> None:
    run_instances(whole.aws, "dev", 1, env="dev")
    first = whole.asks("/ec2 stop tag:env=dev", OPERATOR, ENGLISH)
    assert whole.ended(first) == [State.DONE]
    used = whole.slack.as_person(SECOND).uses_shortcut("toban.again", whole.card(first))
    assert used.acked
    again = whole.number(f"again:{used.payload['trigger_id']}")
    assert whole.rows("select person, line from asks where id = ?", again) == [
        (SECOND, "ec2 stop tag:env=dev")
    ]
    assert again != first
    whole.ended(again)


def test_another_message_and_another_right_are_answered_privately(whole: Whole) -> None:
    run_instances(whole.aws, "dev", 1, env="dev")
    first = whole.asks("/ec2 stop tag:env=dev", OPERATOR, ENGLISH)
    whole.ended(first)
    said = whole.slack.as_person(SECOND).says(ENGLISH, "good morning").message
    assert whole.slack.as_person(SECOND).uses_shortcut("toban.again", said).acked
    whole.slack.wait_for_ephemeral(ENGLISH, SECOND, lambda m: "nothing that could be run again" in m.text)
    assert whole.slack.as_person(READER).uses_shortcut("toban.again", whole.card(first)).acked
    whole.slack.wait_for_ephemeral(ENGLISH, READER)
    assert whole.rows("select count(*) from asks") == [(1,)]


def test_the_manifest_offers_it() -> None:
    """A shortcut's name has at most 24 characters, its description 150 ("App manifest reference", Slack)."""
    features = manifest(())["features"]
    (again,) = features["shortcuts"]
    assert again["callback_id"] == "toban.again"
    assert len(again["name"]) <= 24
    assert "app_home_opened" in json.dumps(manifest(()))
