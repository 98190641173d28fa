"""A person types, a colleague agrees, AWS changes, the message shows the end, the audit log has it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operation import State
from playground.aws.server import LocalAws
from tests.scenarios.given import ENGLISH, OPERATOR, SECOND, instances, run_instances
from tests.scenarios.whole import Whole, the_whole


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path) as there:
        yield there


def test_production_is_stopped_after_a_colleague_agreed_and_everybody_can_see_how(whole: Whole) -> None:
    ids = run_instances(whole.aws, "prod", 2, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    card = whole.card(number, "waiting for approval")
    said = json.dumps(card.blocks)
    assert all(one in said for one in ids)
    assert "stop 2 of 2 instances" in card.text
    assert set(instances(whole.aws, "prod").values()) == {"running"}

    assert "1 of 1. It is carried out now." in whole.clicks(whole.card(number, "waiting"), SECOND)
    assert whole.ended(number) == [State.DONE]
    assert set(instances(whole.aws, "prod").values()) == {"stopped"}
    after = whole.card(number, "done")
    assert after.ts == card.ts
    assert not any(block["type"] == "actions" for block in after.blocks)
    told = whole.reply(number, "end")
    assert (told.thread_ts, f"<@{OPERATOR}>" in told.text) == (card.ts, True)
    assert [one for one in whole.aws.control.calls("StopInstances") if one.outcome == "ok"] != []
    assert whole.aws.control.count("StopInstances") == 1


def test_the_audit_log_tells_who_did_it_in_slack_and_on_the_command_line(whole: Whole) -> None:
    (one,) = run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    whole.clicks(whole.card(number, "waiting"), SECOND)
    assert whole.ended(number) == [State.DONE]

    asked = whole.asks(f"/toban audit --resource {one}", SECOND)
    shown = whole.slack.wait_for_ephemeral(ENGLISH, SECOND, lambda m: "step.ended" in json.dumps(m.blocks))
    assert "step.intended" in json.dumps(shown.blocks)
    assert whole.ended(asked) == [State.ANSWERED]

    lines = [json.loads(line) for line in on_the_command_line(whole, "search", "--operation", str(number))]
    events = [(line["event"], line["person"]) for line in reversed(lines)]
    assert events[:4] == [
        ("operation.asked", OPERATOR),
        ("operation.planned", OPERATOR),
        ("operation.approved", SECOND),
        ("operation.started", OPERATOR),
    ]
    assert next(line["request_id"] for line in lines if line["event"] == "step.answered")
    assert {line["resource"] for line in lines if line["event"].startswith("step.ended")} == {one}


def on_the_command_line(whole: Whole, *arguments: str) -> list[str]:
    """`toban audit …` beside the bot that runs, as an operator would type it."""
    told = subprocess.run(
        [sys.executable, "-m", "bot", "audit", *arguments],
        env={**os.environ, **whole.environ},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return told.stdout.splitlines()
