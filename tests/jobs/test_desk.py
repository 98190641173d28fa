"""What commands may do at the third door: events are tried as it would open them, and nothing comes of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aws.account import AccountConfig
from bot.arguments import UsageError
from bot.trouble import Rule
from jobs.desk import filled, names
from tests.happened import DOING, INSTANCE, RULE, asked, letters, outcomes
from tests.house import CHANNEL, House, house
from tests.jobs.readings.given import body

ALARM = Rule("alarms", {"source": ["aws.cloudwatch"]}, CHANNEL, do="ec2 stop {instance}", owner="U0SATO")
PROD = AccountConfig("prod", "222222222222", ("ap-northeast-1",))
DEV = AccountConfig("dev", "111111111111", ("us-east-1", "ap-northeast-1"))


NEVER = replace(RULE, name="never", pattern={"source": ["x"]})


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, [PROD, DEV], rules=(ALARM, NEVER)) as made:
        yield made


def test_the_accounts_of_the_config_are_known_by_their_digits(there: House) -> None:
    assert names(there.path.aws) == {"222222222222": "prod", "111111111111": "dev"}


@pytest.mark.parametrize("name", ["alarm_metric", "alarm_by_sns"])
def test_an_event_is_tried_whichever_way_it_came(there: House, name: str) -> None:
    trial = there.path.troubles.attempt(body(name))
    assert (trial.rule, trial.event.account) == (ALARM, "prod")
    assert str(trial.reading.title) == "web-cpu-too-high is in alarm"
    assert (trial.line, trial.lacks) == ("ec2 stop i-0a1b2c3d4e5f60718", "")


def test_a_topics_raw_message_too(there: House) -> None:
    assert there.path.troubles.attempt(json.loads(body("alarm_by_sns")["Message"])).rule == ALARM


def test_what_is_tried_leaves_nothing_behind(there: House) -> None:
    there.path.troubles.attempt(body("alarm_metric"))
    assert (outcomes(there), letters(there), asked(there)) == ([], [], [])


def test_a_rule_that_is_named_says_what_does_not_fit(there: House) -> None:
    trial = there.path.troubles.attempt(body("alarm_metric"), "never")
    assert trial.rule is None
    assert str(trial.misfit) == 'source is "aws.cloudwatch"; the rule wants ["x"]'


@pytest.mark.parametrize(
    ("envelope", "why"),
    [
        ({}, "An event has at least"),
        ({"source": "x"}, "An event has at least"),
        ({"detail-type": "x"}, "This is not acted on: it is no event that AWS sends"),
        (
            {"source": "x", "detail-type": "y", "account": "999999999999"},
            "This is not acted on: it is of account 999999999999, which the config does not name.",
        ),
        (
            {"TopicArn": "x", "Type": "Notification"},
            "This is not acted on: it is of the topic x, of an account",
        ),
    ],
)
def test_what_the_door_would_not_let_in_is_said(there: House, envelope: dict[str, Any], why: str) -> None:
    with pytest.raises(UsageError) as refused:
        there.path.troubles.attempt(envelope)
    assert str(refused.value.said).startswith(why)


def test_a_rule_that_is_not_there_is_said(there: House) -> None:
    with pytest.raises(UsageError):
        there.path.troubles.attempt(body("alarm_metric"), "nothing")


def test_a_line_is_filled_or_says_what_it_lacks() -> None:
    assert filled(DOING.do, {"instance": INSTANCE}) == (f"ec2 stop {INSTANCE}", "")
    assert filled(DOING.do, {"instance": "all"}) == (DOING.do, "instance")


def test_a_sentence_is_said_in_the_language_of_its_channel(there: House) -> None:
    trial = there.path.troubles.attempt(body("alarm_metric"))
    assert there.path.troubles.say(CHANNEL, trial.reading.title) == "web-cpu-too-high is in alarm"
