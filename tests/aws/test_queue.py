"""A queue of moto's: what is received, hidden, deleted and counted."""

from typing import Any

import boto3
import pytest

from aws import queue
from aws.account import Accounts
from aws.errors import AwsError
from aws.queue import Message
from tests.aws.conftest import PLACE
from tests.aws.wire import Wire, answering


@pytest.fixture
def sqs(local_aws: str, accounts: Accounts) -> queue.Sqs:
    return queue.client(accounts, PLACE)


@pytest.fixture
def hands(local_aws: str) -> Any:
    """Somebody else's, who leaves messages."""
    return boto3.client("sqs", region_name=PLACE.region)


@pytest.fixture
def url(hands: Any) -> str:
    return str(hands.create_queue(QueueName="toban")["QueueUrl"])


def take(sqs: queue.Sqs, url: str, hidden_seconds: int = 60) -> list[Message]:
    return queue.receive(sqs, url, hidden_seconds=hidden_seconds, wait_seconds=0)


def send(hands: Any, url: str, *bodies: str) -> None:
    for body in bodies:
        hands.send_message(QueueUrl=url, MessageBody=body)


def test_ten_messages_at_most_are_received_at_once(sqs: queue.Sqs, hands: Any, url: str) -> None:
    send(hands, url, *(f"message {n}" for n in range(12)))
    first, rest = take(sqs, url), take(sqs, url)
    assert (len(first), len(rest)) == (10, 2)
    assert {one.body for one in [*first, *rest]} == {f"message {n}" for n in range(12)}
    assert {one.times for one in first} == {1}


def test_what_was_received_is_hidden_and_comes_again_with_its_count(
    sqs: queue.Sqs, hands: Any, url: str
) -> None:
    send(hands, url, "x")
    (first,) = take(sqs, url, hidden_seconds=0)
    (again,) = take(sqs, url)
    assert (again.id, again.times) == (first.id, 2)
    assert take(sqs, url) == []


def test_what_is_deleted_does_not_come_again(sqs: queue.Sqs, hands: Any, url: str) -> None:
    send(hands, url, *(f"message {n}" for n in range(12)))
    received = [*take(sqs, url), *take(sqs, url)]
    queue.delete(sqs, url, received)
    assert queue.waiting(sqs, url) == 0
    queue.delete(sqs, url, received)  # a second time harms nobody
    queue.delete(sqs, url, [])


def test_what_is_worked_on_can_be_kept_hidden_or_given_back(sqs: queue.Sqs, hands: Any, url: str) -> None:
    send(hands, url, "x")
    received = take(sqs, url, hidden_seconds=1)
    queue.hide(sqs, url, received, 60)
    assert take(sqs, url) == []
    queue.hide(sqs, url, received, 0)
    assert len(take(sqs, url)) == 1


def test_how_many_wait_can_be_counted(sqs: queue.Sqs, hands: Any, url: str) -> None:
    assert queue.waiting(sqs, url) == 0
    send(hands, url, "x", "y")
    assert queue.waiting(sqs, url) == 2


def test_a_queue_that_is_not_there_is_said_plainly(sqs: queue.Sqs, url: str) -> None:
    with pytest.raises(AwsError, match="receiving from"):
        take(sqs, f"{url}-elsewhere")


def test_a_message_without_its_count_counts_as_the_first(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [answering('{"Messages": [{"MessageId": "1", "ReceiptHandle": "r", "Body": "x"}]}')]
    (one,) = take(queue.client(wired, PLACE), "https://sqs.eu-west-1.amazonaws.com/123456789012/toban")
    assert one == Message("1", "r", "x", 1)
