"""SNS: a few words to a topic, whose subscribers are telephones, pagers and mailboxes.

Publishing carries no token, so botocore repeats none: who is called twice in the night is called once too
often ("Publish", SNS API reference: a subject is at most 100 ASCII characters on one line).
"""

from collections.abc import Mapping
from typing import Any, Protocol, cast

from aws.account import Accounts, Place
from aws.errors import speaking_plainly

SUBJECT = 100  # characters


class Sns(Protocol):
    """The client, as far as it is used here."""

    def publish(self, **named: object) -> Mapping[str, Any]:
        """Tell a topic's subscribers something."""


def client(aws: Accounts, place: Place) -> Sns:
    """SNS in a place, which repeats nothing by itself."""
    return cast("Sns", aws.client("sns", place, once=True))


def publish(sns: Sns, topic: str, *, subject: str, text: str) -> str:
    """Tell a topic's subscribers; returns AWS's request id.  Raises AwsError."""
    with speaking_plainly(f"telling {topic}"):
        reply = sns.publish(TopicArn=topic, Subject=_plain(subject), Message=text)
    return str(reply["ResponseMetadata"]["RequestId"])


def _plain(subject: str) -> str:
    return "".join(one if " " <= one <= "~" else "?" for one in subject)[: SUBJECT - 1] or "toban"
