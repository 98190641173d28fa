"""Who receives may wait for a message, and keeps nobody else waiting meanwhile."""

import threading
import time
from typing import Any

import pytest

from playground.aws import saying
from playground.aws.server import LocalAws
from tests.playground.aws.conftest import PRODUCTION


@pytest.fixture
def sqs(aws: LocalAws) -> Any:
    saying.open_queue(aws, PRODUCTION)
    return aws.client("sqs", account=PRODUCTION)


@pytest.fixture
def url(sqs: Any) -> str:
    return str(sqs.get_queue_url(QueueName=saying.QUEUE)["QueueUrl"])


def test_what_is_there_is_had_at_once(aws: LocalAws, sqs: Any, url: str) -> None:
    saying.say(aws, PRODUCTION, {"n": 1})
    begun = time.monotonic()
    assert len(sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"]) == 1
    assert time.monotonic() - begun < 2


def test_who_waits_has_the_next_message_and_others_are_answered_meanwhile(
    aws: LocalAws, sqs: Any, url: str
) -> None:
    found: list[Any] = []
    waits = threading.Thread(
        target=lambda: found.extend(sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"])
    )
    waits.start()
    time.sleep(0.1)
    begun = time.monotonic()
    aws.client("ec2", account=PRODUCTION).describe_regions()
    assert time.monotonic() - begun < 2
    assert found == []
    saying.say(aws, PRODUCTION, {"n": 1})
    waits.join(5)
    assert len(found) == 1


def test_nothing_is_an_answer_when_the_time_is_over(sqs: Any, url: str) -> None:
    begun = time.monotonic()
    assert "Messages" not in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1)
    assert time.monotonic() - begun >= 1


def test_what_is_received_too_often_goes_aside(aws: LocalAws, sqs: Any, url: str) -> None:
    saying.say(aws, PRODUCTION, *({"n": number} for number in range(12)))
    seen = 0
    for _ in range(40):
        found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
        seen += len(found.get("Messages", ()))
    assert seen == 12 * 5
    dead = sqs.get_queue_url(QueueName=f"{saying.QUEUE}-dead")["QueueUrl"]
    names = ["ApproximateNumberOfMessages"]
    assert sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=names)["Attributes"][names[0]] == "12"
