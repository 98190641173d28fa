"""SES through replies written by hand: what is sent, and how SES's refusals read."""

import base64
import json
from collections.abc import Mapping
from typing import Any

import boto3
import pytest
from moto.backends import get_backend

from aws import mail
from aws.account import Accounts, Place
from aws.errors import Denied, NoAnswer, Refused, Throttled
from tests.aws.conftest import PLACE
from tests.aws.wire import Wire, cutting
from tests.canned import TOKYO, Answer, CannedAccounts, Refusal

RAW = b"Subject: hello\r\n\r\nhello\r\n"
SENT: Mapping[str, Any] = {"MessageId": "0106018d-1"}
DENIED = (
    "User `arn:aws:sts::123456789012:assumed-role/toban/toban' is not authorized to perform"
    " `ses:SendRawEmail' on resource `arn:aws:ses:ap-northeast-1:123456789012:identity/example.com'"
)


def sent(answer: Answer) -> str:
    accounts = CannedAccounts({"email.SendEmail": answer}, role=None)
    return mail.send(mail.client(accounts, TOKYO), RAW, sender="toban@example.com", to="ops@example.com")


def test_it_goes_as_it_is_to_one_address() -> None:
    asked: list[Any] = []

    def answer(body: Any) -> Mapping[str, Any]:
        asked.append(json.loads(body))
        return SENT

    assert sent(answer) == "0106018d-1"
    ((request,),) = [asked]
    assert request["FromEmailAddress"] == "toban@example.com"
    assert request["Destination"] == {"ToAddresses": ["ops@example.com"]}
    assert base64.b64decode(request["Content"]["Raw"]["Data"]) == RAW


def test_a_cut_answer_sends_nothing_again(wire: Wire, wired: Accounts) -> None:
    """botocore would send the same mail again, and SES would take it for another one."""
    wire.reactions = [cutting]
    ses = mail.client(wired, Place("dev", "eu-west-1"))
    with pytest.raises(NoAnswer):
        mail.send(ses, RAW, sender="toban@example.com", to="ops@example.com")
    assert len(wire.seen) == 1


def test_a_local_ses_takes_it_from_whom_it_knows_and_from_nobody_else(
    local_aws: str, accounts: Accounts
) -> None:
    """moto's SES, over HTTP."""
    ses = mail.client(accounts, PLACE)
    with pytest.raises(Refused) as no:
        mail.send(ses, RAW, sender="toban@example.com", to="ops@example.com")
    assert no.value.said.code == "MessageRejected"
    hand = boto3.client("sesv2", region_name=PLACE.region)
    hand.create_email_identity(EmailIdentity="toban@example.com")
    assert mail.send(ses, RAW, sender="toban@example.com", to="ops@example.com")
    (sent,) = get_backend("ses")["123456789012"][PLACE.region].sent_messages
    assert (sent.source, sent.destinations) == ("toban@example.com", ["ops@example.com"])


def test_the_right_that_ses_asks_for_is_read_from_how_it_writes_it() -> None:
    with pytest.raises(Denied) as no:
        sent(Refusal("AccessDeniedException", DENIED, 403))
    assert (no.value.action, no.value.resource) == (
        "ses:SendRawEmail",
        "arn:aws:ses:ap-northeast-1:123456789012:identity/example.com",
    )
    assert no.value.principal == "arn:aws:sts::123456789012:assumed-role/toban/toban"
    with pytest.raises(Denied) as no:
        sent(Refusal("AccessDeniedException", "no", 403))
    assert no.value.action == "ses:SendEmail"


@pytest.mark.parametrize(
    ("code", "kind"), [("MessageRejected", Refused), ("TooManyRequestsException", Throttled)]
)
def test_a_refusal_is_told_from_a_want_of_patience(code: str, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        sent(Refusal(code, "no", 400))
