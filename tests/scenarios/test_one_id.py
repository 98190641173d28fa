"""One number leads from a click to AWS's own id of the request, in the log and in the audit log."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.logs import AsJson
from bot.operation import State
from playground.aws.server import LocalAws
from tests.scenarios.given import SECOND, run_instances
from tests.scenarios.whole import the_whole

Line = dict[str, object]


@pytest.fixture
def logged() -> Iterator[list[Line]]:
    """Every line as it stands on standard error, those for who looks closely, too."""
    kept: list[Line] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(json.loads(AsJson().format(record)))

    logger, handler = logging.getLogger("toban"), Kept()
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield kept
    logger.setLevel(before)
    logger.removeHandler(handler)


def test_one_number_leads_from_the_click_to_the_request_to_aws(
    local_aws: LocalAws, tmp_path: Path, logged: list[Line]
) -> None:
    run_instances(local_aws, "prod", 2, env="prod")
    with the_whole(local_aws, tmp_path) as whole:
        told = whole.types("/ec2 stop tag:env=prod")
        number = whole.number(f"slash:{told.payload['trigger_id']}")
        whole.clicks(whole.card(number, "waiting"), SECOND)
        assert whole.ended(number) == [State.DONE]
        audited = whole.rows(
            "select distinct request_id from audit where operation = ? and event = 'step.answered'", number
        )
    mine = [line for line in logged if line.get("operation") == number]
    (asked,) = [line for line in mine if line["action"] == "flow.asked"]
    (clicked,) = [line for line in mine if line["action"] == "flow.clicked"]
    (stopped,) = [line for line in mine if line.get("call") == "ec2:StopInstances"]
    assert asked["ask"] == stopped["ask"] == f"slash:{told.payload['trigger_id']}"
    assert clicked["click"]
    assert audited == [(stopped["request_id"],)]
    reads = [line for line in mine if line.get("call") == "ec2:DescribeInstances"]
    assert len(reads) >= 3  # the plan's, the look's before the call, and the watch's
    assert all(line["request_id"] for line in reads)
    assert whole.slack.bot_token not in str(logged)
    assert whole.slack.app_token not in str(logged)
    assert "/respond/" not in str(logged)
