"""SES says yes, no, not now, or nothing: what that means, and what people are told."""

import base64
import json
from collections.abc import Mapping
from email import message_from_bytes
from typing import Any

import pytest

from bot.outbox.carrier import Cut, NotNow, Rejected
from bot.outbox.ses import Ses
from tests.bot.outbox.office import Office
from tests.bot.outbox.postbox import OPS, SENDER, Postbox, mailer
from tests.bot.outbox.test_smtp import letter
from tests.canned import TOKYO, Answer, CannedAccounts, Refusal

UNVERIFIED = Refusal(
    "MessageRejected",
    "Email address is not verified. The following identities failed the check in region AP-NORTHEAST-1: "
    f"{OPS}",
)


def ses(answer: Answer) -> Ses:
    return Ses(CannedAccounts({"email.SendEmail": answer}, role=None), TOKYO)


@pytest.mark.parametrize(
    ("answer", "kind", "all_mail"),
    [
        (UNVERIFIED, Rejected, False),
        (Refusal("BadRequestException"), Rejected, False),
        (Refusal("MailFromDomainNotVerifiedException"), Rejected, True),
        (Refusal("AccountSuspendedException"), Rejected, True),
        (Refusal("AccessDeniedException", status=403), Rejected, True),
        (Refusal("TooManyRequestsException", status=429), NotNow, True),
        (Refusal("SendingPausedException"), NotNow, True),
        (Refusal("LimitExceededException"), NotNow, True),
        (Refusal("ExpiredTokenException", status=403), NotNow, True),
        (Refusal("InternalFailure", status=500), Cut, False),
    ],
)
def test_what_an_answer_means(answer: Refusal, kind: type[Exception], all_mail: bool) -> None:
    with pytest.raises(kind) as no:
        ses(answer).send(letter(), SENDER, OPS)
    assert getattr(no.value, "all_mail", getattr(no.value, "away", False)) == all_mail
    assert OPS not in str(no.value)


def test_an_identity_that_nobody_verified_is_told_with_what_to_do(office: Office) -> None:
    postbox = Postbox(office, mailer(office, ses(UNVERIFIED)))
    number = postbox.answered()
    postbox.turns(3)
    (said,) = postbox.told()
    assert said.startswith(f"#{number} does not go by mail to {OPS}: AWS refused with MessageRejected")
    assert f"verify {SENDER} in Amazon SES of dev/ap-northeast-1" in said
    assert postbox.waits() == []


def test_a_right_that_is_missing_is_named(office: Office) -> None:
    refusal = Refusal("AccessDeniedException", "no", 403)
    postbox = Postbox(office, mailer(office, ses(refusal)))
    postbox.answered(to=(OPS, "cfo@example.com"))
    postbox.turns(3)
    (said,) = postbox.told()
    assert "lacks ses:SendEmail; add it to the role's policy" in said


def test_what_is_sent_is_the_same_mail(office: Office) -> None:
    sent: list[Any] = []

    def answer(body: Any) -> Mapping[str, Any]:
        sent.append(json.loads(body)["Content"]["Raw"]["Data"])
        return {"MessageId": "1"}

    postbox = Postbox(office, mailer(office, ses(answer)))
    postbox.answered()
    postbox.turns(2)
    (raw,) = sent
    mail = message_from_bytes(base64.b64decode(raw))
    assert (mail["To"], mail["Subject"]) == (OPS, "The bill of yesterday: $412.30")
    assert postbox.waits() == []
