"""Canned replies are held against AWS's own models."""

import pytest

from aws import kms
from aws.errors import Denied
from tests.canned import TOKYO, CannedAccounts, Refusal, Uncanned, WrongReply

KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/1"


def test_a_reply_that_fits_the_model_is_read() -> None:
    aws = CannedAccounts(
        {"kms.DescribeKey": {"KeyMetadata": {"KeyId": "1", "Arn": KEY, "KeyState": "Enabled"}}}
    )
    assert kms.describe(kms.client(aws, TOKYO), "1").arn == KEY


@pytest.mark.parametrize(
    "wrong",
    [
        {"KeyMetadata": {"KeyId": "1", "State": "Enabled"}},
        {"KeyMetadata": {"KeyId": "1", "Enabled": "yes"}},
        {"KeyMetadata": {"Arn": KEY}},
        {"Metadata": {}},
    ],
    ids=["unknown member", "another type", "a required one is missing", "unknown at the top"],
)
def test_a_reply_that_aws_could_not_give_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(WrongReply):
        kms.describe(kms.client(CannedAccounts({"kms.DescribeKey": wrong}), TOKYO), "1")


def test_a_refusal_is_read_as_one() -> None:
    aws = CannedAccounts({"kms.DescribeKey": Refusal("AccessDeniedException")})
    with pytest.raises(Denied):
        kms.describe(kms.client(aws, TOKYO), "1")


def test_what_nobody_has_written_is_an_error() -> None:
    with pytest.raises(Uncanned):
        kms.describe(kms.client(CannedAccounts({}), TOKYO), "1")
