"""Amazon SES: send a mail that is written already.

A call carries no token, so botocore repeats none.  Source: "SendEmail", Amazon SES API v2 reference.
"""

from typing import TYPE_CHECKING, cast

from aws.account import Accounts, Place
from aws.errors import speaking_plainly

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

IAM = ("ses:SendEmail", "ses:SendRawEmail")
"""Both: SES asks for the second where the content is raw, though the call is named like the first."""


def client(aws: Accounts, place: Place) -> "SESV2Client":
    """SES in this place."""
    return cast("SESV2Client", aws.client("sesv2", place, once=True))


def send(ses: "SESV2Client", raw: bytes, *, sender: str, to: str) -> str:
    """Have a mail sent, as it is, to one address; returns SES's id of it.  Raises AwsError."""
    with speaking_plainly("sending a mail"):
        reply = ses.send_email(
            FromEmailAddress=sender,
            Destination={"ToAddresses": [to]},
            Content={"Raw": {"Data": raw}},
        )
    return reply["MessageId"]
