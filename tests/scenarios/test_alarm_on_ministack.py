"""An alarm that rings for a real number: CloudWatch, SNS and SQS of ministack, by others than moto's.

Set TOBAN_MINISTACK to the Python of an environment that has ministack (``pip install ministack``): it needs
another botocore than toban, and making its environment here would take longer than all of these tests.  It
enforces the queue's policy.  Its SNS signs nothing: what it wraps is refused as forged, what it delivers raw
is taken.
"""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest

from aws.account import AccountConfig
from aws.sns_signature import verify
from bot.event import Queue
from bot.store.events import Outcome
from bot.trouble import State
from jobs.inbox import Door, Inbox
from jobs.readings.read import read
from tests.aws import ministack
from tests.happened import INSTANCE, RULE, every, letters, outcomes
from tests.house import House, Time, house

ACCOUNT, REGION = "000000000000", "us-east-1"
PYTHON = ministack.python()  # before each test forgets this machine's settings

pytestmark = pytest.mark.skipif(not PYTHON, reason="TOBAN_MINISTACK names no Python that has ministack")


@dataclass
class Stack:
    """The house, an alarm on an instance's processor, and the queue that its topic tells."""

    house: House
    inbox: Inbox
    url: str
    aws: Any

    def processor(self, percent: float) -> None:
        """A number that CloudWatch is told, as the instance would."""
        sides = [{"Name": "InstanceId", "Value": INSTANCE}]
        data = [{"MetricName": "CPUUtilization", "Dimensions": sides, "Value": percent}]
        self.aws("cloudwatch").put_metric_data(Namespace="AWS/EC2", MetricData=data)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ministack.serving(PYTHON) as url:
        yield url


@pytest.fixture(params=[True, False], ids=["raw", "wrapped"])
def stack(
    request: pytest.FixtureRequest, address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Stack]:
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")

    session: Any = boto3.Session("test", "test", region_name=REGION)

    def aws(service: str) -> Any:
        return session.client(service, endpoint_url=address)

    name = f"toban-{'raw' if request.param else 'wrapped'}"
    url, topic = made(aws, name, raw=request.param)
    watch(aws, name, topic)
    with house(
        tmp_path, [AccountConfig("dev", ACCOUNT, (REGION,))], rules=(RULE,), time=Time(datetime.now(UTC))
    ) as there:
        queue = Queue("main", "dev", REGION, url)
        door = Door(
            there.path, (RULE,), {ACCOUNT: "dev"}, read, lambda said: verify(said, there.time()), "C0REPORTS"
        )
        yield Stack(there, Inbox(there.path.aws, queue, door, threading.Event()), url, aws)
    aws("cloudwatch").delete_alarms(AlarmNames=[name])


def made(aws: Any, name: str, *, raw: bool) -> tuple[str, str]:
    """A queue, and the topic that tells it, and alone may."""
    topic = aws("sns").create_topic(Name=name)["TopicArn"]
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": topic}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    url = aws("sqs").create_queue(QueueName=name, Attributes={"Policy": policy})["QueueUrl"]
    attributes = {"RawMessageDelivery": "true"} if raw else {}
    aws("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes=attributes)
    return url, topic


def watch(aws: Any, name: str, topic: str) -> None:
    """An alarm that rings above ninety percent."""
    aws("cloudwatch").put_metric_alarm(
        AlarmName=name,
        Namespace="AWS/EC2",
        MetricName="CPUUtilization",
        Dimensions=[{"Name": "InstanceId", "Value": INSTANCE}],
        Statistic="Maximum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=90,
        ComparisonOperator="GreaterThanThreshold",
        AlarmActions=[topic],
        OKActions=[topic],
    )


def watch_alarms(aws: Any, name: str, of: str, topic: str) -> None:
    """An alarm of alarms."""
    rule, told = f'ALARM("{of}")', [topic]
    aws("cloudwatch").put_composite_alarm(
        AlarmName=name, AlarmRule=rule, AlarmActions=told, OKActions=told, ActionsEnabled=True
    )


def turn_until(stack: Stack, number: int) -> None:
    """Take in what comes, until so many events were there; SNS's deliveries take a moment."""
    for _ in range(20):
        stack.house.time.at = datetime.now(UTC)
        stack.inbox.turn(1)
        if len(outcomes(stack.house)) >= number:
            return
    raise AssertionError(f"{outcomes(stack.house)} after twenty turns")


def test_an_alarm_that_rings_is_a_trouble_and_its_recovery_the_end_of_it(stack: Stack) -> None:
    stack.processor(97.5)
    turn_until(stack, 1)
    if stack.url.endswith("wrapped"):
        assert outcomes(stack.house) == [Outcome.REFUSED]
        assert every(stack.house) == []
        return
    (one,) = every(stack.house)
    assert (one.state, one.account) == (State.OPEN, "dev")
    assert str(one.title) == "toban-raw is in alarm"
    assert one.names["instance"] == INSTANCE
    assert [offer.line for offer in one.offers] == [f"ec2 why {INSTANCE}"]
    stack.aws("cloudwatch").set_alarm_state(
        AlarmName="toban-raw", StateValue="OK", StateReason="the processor rests"
    )
    turn_until(stack, 2)
    (one,) = every(stack.house)
    assert (one.state, letters(stack.house)) == (State.OVER, ["trouble:1"])


def test_an_alarm_of_alarms_rings_with_the_one_that_it_watches(stack: Stack) -> None:
    if stack.url.endswith("wrapped"):
        pytest.skip("ministack signs nothing")
    topic = stack.aws("sns").create_topic(Name="toban-raw")["TopicArn"]
    watch_alarms(stack.aws, "site-down", "toban-raw", topic)
    stack.processor(97.5)
    turn_until(stack, 2)
    rings = {str(one.title): one.state for one in every(stack.house)}
    assert rings == {"toban-raw is in alarm": State.OPEN, "site-down is in alarm": State.OPEN}
    stack.aws("cloudwatch").delete_alarms(AlarmNames=["site-down"])
