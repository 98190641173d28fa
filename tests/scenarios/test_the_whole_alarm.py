"""An alarm over real wires, from the queue to Slack and back: it rings, is looked at, and recovers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.views.trouble import ACKNOWLEDGE
from playground.aws import saying
from playground.aws.server import LocalAws
from playground.slack.message import Message
from tests.scenarios.given import (
    ACCOUNTS,
    APPROVER,
    ENGLISH,
    FIFTH,
    OPERATOR,
    READER,
    TOKYO,
    run_instances,
)
from tests.scenarios.whole import Whole, the_whole

CONFIG = """
[queues.main]
account = "{name}"
region = "{region}"
url = "https://sqs.{region}.amazonaws.com/{account}/toban"

[rules.alarms]
pattern = {{ source = ["aws.cloudwatch"] }}
channel = "{channel}"
mention = "S0APPROVERS"
buttons = ["ec2 why {{instance}}"]

[rules.spot]
pattern = {{ source = ["aws.ec2"] }}
channel = "{channel}"
do = "ec2 stop {{instance}}"
owner = "{owner}"
"""
PROD, DEV = ACCOUNTS["prod"], ACCOUNTS["dev"]


@contextmanager
def listening(aws: LocalAws, folder: Path, name: str) -> Iterator[Whole]:
    """The whole, with a queue in this account; a receive outlives its bot, so each story has its own."""
    saying.open_queue(aws, ACCOUNTS[name])
    where = {"name": name, "account": ACCOUNTS[name], "region": TOKYO}
    with the_whole(aws, folder, config=CONFIG.format(**where, channel=ENGLISH, owner=OPERATOR)) as there:
        yield there


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with listening(local_aws, tmp_path, "prod") as there:
        yield there


@pytest.fixture
def at_dev(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with listening(local_aws, tmp_path, "dev") as there:
        yield there


def says(whole: Whole, state: str, instance: str = "i-0123456789abcdef0", at: datetime | None = None) -> None:
    """The alarm of an instance changes its state."""
    saying.say(whole.aws, PROD, saying.cpu_alarm(PROD, instance, "web", at or whole.time(), state))


def shown(whole: Whole, words: str) -> Message:
    return whole.slack.wait_for_message(ENGLISH, lambda each: words in each.text)


def test_it_rings_is_looked_at_and_recovers_in_one_message_also_while_toban_is_away(whole: Whole) -> None:
    says(whole, "ALARM")
    alarm = shown(whole, "#A1 · cpu-web is in alarm")
    assert "<!subteam^S0APPROVERS>" in alarm.text
    assert "alarm.acknowledge" in whole.clicks(alarm, READER, ACKNOWLEDGE)
    assert whole.clicks(alarm, FIFTH, ACKNOWLEDGE) == "You look at #A1; nobody else is called."
    assert f"<@{FIFTH}>" in whole.clicks(alarm, OPERATOR, ACKNOWLEDGE)
    whole.stop()
    whole.time.push(hours=1)
    says(whole, "OK")
    says(whole, "ALARM", at=whole.time.begin.replace(year=2020))  # somebody's clock, or very late
    whole.start()
    over = shown(whole, "#A1 · cpu-web is fine again")
    assert over.ts == alarm.ts
    assert over.text.startswith("✅")
    whole.until(whole.all_sent)
    assert len(whole.letters()) == 1


def test_a_rule_asks_its_line_as_its_owner_and_others_agree(at_dev: Whole) -> None:
    (instance,) = run_instances(at_dev.aws, "dev", 1, env="prod")
    saying.say(at_dev.aws, DEV, saying.spot_warning(DEV, instance, at_dev.time()))
    at_dev.until(lambda: at_dev.rows("select id from operations") != [])
    ((number,),) = at_dev.rows("select id from operations")
    card = at_dev.card(number, "waiting for approval")
    assert f"<@{OPERATOR}>" in card.text
    at_dev.clicks(card, APPROVER)
    assert at_dev.ended(number) == ["done"]
    assert at_dev.rows("select operation from troubles") == [(number,)]
