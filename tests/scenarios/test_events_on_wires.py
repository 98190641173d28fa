"""Real wires: put_events and publish, moto's EventBridge and SNS, its SQS over HTTP, and the inbox."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aws.sns_signature import verify
from bot.event import Queue
from bot.store.events import Outcome
from bot.trouble import Rule
from jobs.dead_letters import Watch
from jobs.envelope import Home
from jobs.inbox import Door, Inbox
from jobs.readings.read import read
from playground.aws.server import LocalAws
from tests.happened import RULE, asked, every, letters, outcomes, said
from tests.house import CHANNEL, OPERATOR, House, Time, house
from tests.jobs.readings.given import body
from tests.scenarios.conftest import ACCOUNT, DEV, TOKYO
from tests.scenarios.event_kinds import EVERY, ours, taken_in, title

SPOT = Rule("spot", {"source": ["my.spot"]}, CHANNEL, do="ec2 stop {instance}", owner=OPERATOR)
REST = Rule("rest", {"source": [{"exists": True}]}, CHANNEL)
ARN = f"arn:aws:sqs:{TOKYO}:{ACCOUNT}"


@dataclass
class Wires:
    """The house, the local AWS with a bus, a topic and a queue, and the queue's inbox."""

    house: House
    local: LocalAws
    inbox: Inbox
    queue: Queue
    topic: str

    def aws(self, service: str) -> Any:
        return self.local.client(service, account=ACCOUNT, region=TOKYO)

    def put(self, source: str, kind: str, detail: Any) -> None:
        """Somebody's own event; EventBridge lets nobody else be AWS."""
        entry = {"Source": source, "DetailType": kind, "Detail": json.dumps(detail)}
        self.aws("events").put_events(Entries=[entry])

    def publish(self, message: str, **more: str) -> None:
        self.aws("sns").publish(TopicArn=self.topic, Message=message, **more)

    def lie(self) -> int:
        """How many messages lie in the queue, hidden or not."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.aws("sqs").get_queue_attributes(QueueUrl=self.queue.url, AttributeNames=names)
        return sum(map(int, found["Attributes"].values()))


@pytest.fixture
def wires(local_aws: LocalAws, tmp_path: Path) -> Iterator[Wires]:
    sqs, sns, events = (
        local_aws.client(name, account=ACCOUNT, region=TOKYO) for name in ("sqs", "sns", "events")
    )
    dead = sqs.create_queue(QueueName="toban-dead")["QueueUrl"]
    redrive = json.dumps({"deadLetterTargetArn": f"{ARN}:toban-dead", "maxReceiveCount": 2})
    url = sqs.create_queue(QueueName="toban", Attributes={"RedrivePolicy": redrive})["QueueUrl"]
    topic = sns.create_topic(Name="alarms")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=f"{ARN}:toban")
    events.put_rule(Name="all", EventPattern=json.dumps({"source": [{"prefix": ""}]}))
    events.put_targets(Rule="all", Targets=[{"Id": "toban", "Arn": f"{ARN}:toban"}])
    with house(tmp_path, [DEV], rules=(SPOT, RULE, REST), time=Time(datetime.now(UTC))) as there:

        def check(message: Any) -> None:
            verify(message, datetime.now(UTC) + timedelta(seconds=1), certificate)

        def certificate(url: str) -> bytes:
            kept = local_aws.backend("sns", ACCOUNT, TOKYO)._message_public_keys
            found: bytes = kept[url.rpartition("/")[2]]
            return found

        queue = Queue("main", "dev", TOKYO, url, dead)
        door = Door(there.path, (SPOT, RULE, REST), {ACCOUNT: "dev"}, read, check, "C0REPORTS")
        yield Wires(there, local_aws, Inbox(there.path.aws, queue, door, threading.Event()), queue, topic)


def test_what_is_put_on_the_bus_is_told_asked_and_deleted(wires: Wires) -> None:
    wires.put("my.spot", "Something is going", {"instance": "i-1"})
    wires.put("my.app", "Something", {"x": 1})
    assert wires.inbox.turn(0) == 2
    assert [one.rule for one in every(wires.house)] == ["spot", "rest"]
    assert {one.account for one in every(wires.house)} == {"dev"}, "moto's EventBridge names no account"
    assert asked(wires.house) == []
    assert said(wires.house, "call:1:do:1").endswith("was not asked: the event names no instance")
    assert wires.lie() == 0


def test_what_a_topic_is_told_arrives_signed_and_checked(wires: Wires) -> None:
    wires.publish("the disk is full")
    wires.publish(body("alarm_by_sns")["Message"].replace("222222222222", ACCOUNT))
    assert wires.inbox.turn(0) == 2
    assert sorted(one.rule for one in every(wires.house)) == ["alarms", "rest"]
    assert outcomes(wires.house) == [Outcome.TOLD] * 2
    assert wires.lie() == 0


@pytest.mark.parametrize("name", EVERY)
def test_each_kind_of_event_comes_over_the_wire_as_what_it_is(wires: Wires, name: str) -> None:
    """On EventBridge or SNS, whichever way AWS sends it; moto's bus lets a test be AWS."""
    said = ours(name, ACCOUNT)
    if "TopicArn" in said:
        wires.publish(said["Message"])  # without its subject, which moto leaves out of its signature
        said = {"Type": "Notification", "TopicArn": wires.topic, "Message": said["Message"]}
    else:
        entry = {"Source": said["source"], "DetailType": said["detail-type"]}
        more = {"Detail": json.dumps(said["detail"]), "Resources": said["resources"]}
        wires.aws("events").put_events(Entries=[entry | more])
        said = {one: said[one] for one in ("source", "detail-type", "detail", "resources")}
    assert wires.inbox.turn(0) == 1
    assert outcomes(wires.house) == [Outcome.TOLD]
    home = Home("dev", TOKYO, {ACCOUNT: "dev"})
    assert str(taken_in(wires.house).title) == title(said, home, wires.house.time())
    assert wires.lie() == 0


def test_a_subject_that_moto_leaves_out_of_its_signature_is_refused(wires: Wires) -> None:
    """SNS signs it; moto does not, which makes its message one that is forged."""
    wires.publish("the disk is full", Subject="Disk")
    wires.inbox.turn(0)
    assert outcomes(wires.house) == [Outcome.REFUSED]
    assert every(wires.house) == []


def test_what_is_not_taken_in_comes_again_and_lies_in_the_redrive_queue_in_the_end(
    wires: Wires, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbles(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("jobs.inbox.HIDDEN", 0)
    monkeypatch.setattr("bot.flow.troubles.take_in", stumbles)
    wires.put("my.app", "Something", {"x": 1})
    assert [wires.inbox.turn(0) for _ in range(3)] == [1, 1, 0]
    Watch(wires.house.path, [wires.queue], "C0REPORTS").look()
    (notice,) = letters(wires.house, "notice")
    assert notice.startswith("dead-letters:main:")


def test_a_storm_over_wires_is_taken_in_batch_by_batch(wires: Wires) -> None:
    for some in range(0, 60, 10):
        entries = [
            {"Source": "aws.cloudwatch", "DetailType": "CloudWatch Alarm State Change", "Detail": alarm(n)}
            for n in range(some, some + 10)
        ]
        wires.aws("events").put_events(Entries=entries)
    while wires.inbox.turn(0):
        pass
    assert len(every(wires.house)) == 60
    assert len(letters(wires.house)) <= 20
    assert wires.lie() == 0


def alarm(number: int) -> str:
    at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.000+0000}"
    return json.dumps({"alarmName": f"web-{number}", "state": {"value": "ALARM", "timestamp": at}})
