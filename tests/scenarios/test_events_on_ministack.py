"""Every kind of event over the EventBridge, SNS and SQS of ministack, by others than moto's.

Set TOBAN_MINISTACK to the Python of an environment that has ministack (``pip install ministack``).  Its bus
lets nobody be AWS, as AWS's does not: events in AWS's shape come by a topic that delivers raw, as that of a
rule does; what ministack's own services tell the bus comes by a rule whose target is the queue.
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
from bot.trouble import Rule
from jobs.envelope import Home
from jobs.inbox import Door, Inbox
from jobs.readings.read import read
from tests.aws import ministack
from tests.happened import every, outcomes
from tests.house import CHANNEL, House, Time, house
from tests.scenarios.event_kinds import EVERY, ours, taken_in, title

ACCOUNT, REGION = "000000000000", "us-east-1"
ARN = f"arn:aws:sqs:{REGION}:{ACCOUNT}:toban"
REST = Rule("rest", {"source": [{"exists": True}]}, CHANNEL)
PYTHON = ministack.python()  # before each test forgets this machine's settings
HOME = Home("dev", REGION, {ACCOUNT: "dev"})

pytestmark = pytest.mark.skipif(not PYTHON, reason="TOBAN_MINISTACK names no Python that has ministack")


@dataclass(frozen=True)
class Wires:
    """ministack with a topic, a bus and one queue."""

    session: Any
    address: str
    url: str
    topic: str

    def aws(self, service: str) -> Any:
        return self.session.client(service, endpoint_url=self.address)


@pytest.fixture(scope="module")
def wires() -> Iterator[Wires]:
    with ministack.serving(PYTHON) as address:
        session: Any = boto3.Session("test", "test", region_name=REGION)
        sqs, sns, events = (session.client(name, endpoint_url=address) for name in ("sqs", "sns", "events"))
        topic = sns.create_topic(Name="alarms")["TopicArn"]
        rule = events.put_rule(Name="all", EventPattern=json.dumps({"source": [{"exists": True}]}))["RuleArn"]
        url = sqs.create_queue(QueueName="toban", Attributes={"Policy": policy(topic, rule)})["QueueUrl"]
        raw = {"RawMessageDelivery": "true"}
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=ARN, Attributes=raw)
        events.put_targets(Rule="all", Targets=[{"Id": "toban", "Arn": ARN}])
        yield Wires(session, address, url, topic)


def policy(topic: str, rule: str) -> str:
    """Only this topic and this rule may send."""
    senders = {"sns.amazonaws.com": topic, "events.amazonaws.com": rule}
    statements = [
        {
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "sqs:SendMessage",
            "Resource": ARN,
            "Condition": {"ArnEquals": {"aws:SourceArn": source}},
        }
        for service, source in senders.items()
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


@pytest.fixture
def there(wires: Wires, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[House]:
    monkeypatch.setenv("AWS_ENDPOINT_URL", wires.address)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    wires.aws("sqs").purge_queue(QueueUrl=wires.url)
    dev = AccountConfig("dev", ACCOUNT, (REGION,))
    with house(tmp_path, [dev], rules=(REST,), time=Time(datetime.now(UTC))) as made:
        yield made


def take_in(there: House, wires: Wires) -> None:
    """Take in the next that comes; what is delivered takes a moment."""
    door = Door(there.path, (REST,), HOME.names, read, lambda said: verify(said, there.time()), "C0REPORTS")
    queue = Queue("main", "dev", REGION, wires.url)
    inbox = Inbox(there.path.aws, queue, door, threading.Event())
    for _ in range(20):
        there.time.at = datetime.now(UTC)
        if inbox.turn(1):
            return
    raise AssertionError("nothing came in twenty turns")


@pytest.mark.parametrize("name", [one for one in EVERY if "TopicArn" not in ours(one, ACCOUNT)])
def test_each_kind_of_event_comes_by_a_topic_as_what_it_is(there: House, wires: Wires, name: str) -> None:
    """But for what SNS says itself, which is signed: ministack signs nothing."""
    said = ours(name, ACCOUNT)
    wires.aws("sns").publish(TopicArn=wires.topic, Message=json.dumps(said))
    take_in(there, wires)
    assert outcomes(there) == [Outcome.TOLD]
    assert str(taken_in(there).title) == title(said, HOME, there.time())


def test_an_alarm_as_cloudwatch_words_it_for_a_topic_comes_as_what_it_is(there: House, wires: Wires) -> None:
    said = json.loads(ours("alarm_by_sns", ACCOUNT)["Message"])
    wires.aws("sns").publish(TopicArn=wires.topic, Message=json.dumps(said))
    take_in(there, wires)
    (one,) = every(there)
    assert str(one.title) == "web-cpu-too-high is in alarm"


def test_what_an_application_puts_on_the_bus_comes_in_eventbridges_own_envelope(
    there: House, wires: Wires
) -> None:
    entry = {"Source": "my.app", "DetailType": "Import failed", "Detail": json.dumps({"rows": 7})}
    assert wires.aws("events").put_events(Entries=[entry])["FailedEntryCount"] == 0
    take_in(there, wires)
    (one,) = every(there)
    assert (one.account, one.region, str(one.title)) == ("dev", REGION, "my.app · Import failed")


def test_what_a_service_says_of_itself_comes_though_no_reading_knows_it(there: House, wires: Wires) -> None:
    wires.aws("secretsmanager").create_secret(Name="door", SecretString="x")
    wires.aws("secretsmanager").put_secret_value(SecretId="door", SecretString="y")
    take_in(there, wires)
    assert str(taken_in(there).title) == "aws.secretsmanager · Secret Label Updated"


def test_nobody_can_be_aws_on_the_bus(wires: Wires) -> None:
    entry = {"Source": "aws.health", "DetailType": "AWS Health Event", "Detail": "{}"}
    answer = wires.aws("events").put_events(Entries=[entry])
    assert [one["ErrorCode"] for one in answer["Entries"]] == ["NotAuthorizedForSourceException"]
