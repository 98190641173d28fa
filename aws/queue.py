"""SQS: what AWS has to say waits in a queue until somebody has taken it in.

Receiving changes nothing for good: what is not deleted comes again when its visibility timeout is over
("Amazon SQS visibility timeout").  Reads come first, changes after; all may be repeated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from aws.account import Accounts, Place
from aws.errors import speaking_plainly

LONG = 20  # seconds a receive may wait, the most ("Amazon SQS short and long polling")
BATCH = 10  # messages in one receive or delete, the most


class Sqs(Protocol):
    """The client, as far as it is used here."""

    def receive_message(self, **named: object) -> Mapping[str, Any]:
        """Messages, hidden from others for a while."""

    def delete_message_batch(self, **named: object) -> Mapping[str, Any]:
        """Messages go."""

    def change_message_visibility_batch(self, **named: object) -> Mapping[str, Any]:
        """Messages stay hidden for longer."""

    def get_queue_attributes(self, **named: object) -> Mapping[str, Any]:
        """How many messages there are."""


@dataclass(frozen=True, slots=True)
class Message:
    """One delivery."""

    id: str
    receipt: str  # of this delivery; what deletes it
    body: str
    times: int  # that it was received, this one included


def client(aws: Accounts, place: Place) -> Sqs:
    """SQS in a place."""
    return cast("Sqs", aws.client("sqs", place))


def receive(sqs: Sqs, url: str, *, hidden_seconds: int, wait_seconds: int = LONG) -> list[Message]:
    """Up to ten messages, hidden from others for so long; waits for the first.  Raises AwsError."""
    with speaking_plainly(f"receiving from {url}"):
        found = sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=BATCH,
            WaitTimeSeconds=wait_seconds,
            VisibilityTimeout=hidden_seconds,
            MessageSystemAttributeNames=["ApproximateReceiveCount"],
        )
    return [_message(one) for one in found.get("Messages", [])]


def waiting(sqs: Sqs, url: str) -> int:
    """About how many messages wait in a queue.  Raises AwsError."""
    with speaking_plainly(f"looking at {url}"):
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    return int(found.get("Attributes", {}).get("ApproximateNumberOfMessages", 0))


def delete(sqs: Sqs, url: str, messages: Sequence[Message]) -> None:
    """They were taken in.  What stays all the same comes again and is known by its key.  Raises AwsError."""
    for at in range(0, len(messages), BATCH):
        entries = [
            {"Id": str(number), "ReceiptHandle": one.receipt}
            for number, one in enumerate(messages[at : at + BATCH])
        ]
        with speaking_plainly(f"deleting from {url}"):
            sqs.delete_message_batch(QueueUrl=url, Entries=entries)


def hide(sqs: Sqs, url: str, messages: Sequence[Message], seconds: int) -> None:
    """They are still worked on: nobody else gets them for so long.  Raises AwsError."""
    entries = [
        {"Id": str(number), "ReceiptHandle": one.receipt, "VisibilityTimeout": seconds}
        for number, one in enumerate(messages[:BATCH])
    ]
    with speaking_plainly(f"keeping messages of {url}"):
        sqs.change_message_visibility_batch(QueueUrl=url, Entries=entries)


def _message(raw: Mapping[str, Any]) -> Message:
    attributes = raw.get("Attributes", {})
    return Message(
        id=raw["MessageId"],
        receipt=raw["ReceiptHandle"],
        body=raw.get("Body", ""),
        times=int(attributes.get("ApproximateReceiveCount", 1)),
    )
