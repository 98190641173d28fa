"""What the local AWS adds to moto's S3: names of calls in its log, refusals, and whose a bucket is."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from commands.changes.bucket_statement import denying
from playground.aws.bucket_access import denied
from playground.aws.faults import Fault, Kind
from playground.aws.server import LocalAws
from tests.playground.aws.conftest import ONCE, PRODUCTION

OTHER = "123456789012"
POLICY = '{"Version": "2012-10-17", "Statement": []}'


@pytest.fixture
def s3(aws: LocalAws) -> Any:
    made = aws.client("s3", account=PRODUCTION, config=ONCE)
    made.create_bucket(Bucket="files", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-1"})
    return made


def test_calls_stand_in_the_log_by_their_names(aws: LocalAws, s3: Any) -> None:
    s3.put_bucket_policy(Bucket="files", Policy=POLICY)
    s3.get_bucket_policy(Bucket="files")
    s3.delete_bucket_policy(Bucket="files")
    s3.put_object(Bucket="files", Key="a/b", Body=b"c")
    assert [call.action for call in aws.control.calls()] == [
        *("CreateBucket", "PutBucketPolicy", "GetBucketPolicy", "DeleteBucketPolicy"),
        "PUT /files/a/b",
    ]


def test_a_bucket_of_another_account_than_expected_is_refused(aws: LocalAws, s3: Any) -> None:
    assert s3.get_bucket_location(Bucket="files", ExpectedBucketOwner=PRODUCTION)
    other = aws.client("s3", account=OTHER, config=ONCE)
    with pytest.raises(ClientError, match="AccessDenied"):
        other.get_bucket_location(Bucket="files", ExpectedBucketOwner=OTHER)
    with pytest.raises(ClientError, match="NoSuchBucket"):
        other.get_bucket_location(Bucket="nowhere", ExpectedBucketOwner=OTHER)


def test_a_call_may_be_refused(aws: LocalAws, s3: Any) -> None:
    aws.control.order(Fault(Kind.DENY, action="PutBucketPolicy"))
    with pytest.raises(ClientError, match="not authorized to perform: s3:PutBucketPolicy") as refused:
        s3.put_bucket_policy(Bucket="files", Policy=POLICY)
    assert refused.value.response["Error"]["Code"] == "AccessDenied"


def test_it_is_known_whom_a_policy_denies(s3: Any) -> None:
    shop, other = (f"arn:aws:iam::{PRODUCTION}:role/{name}" for name in ("shop", "other"))
    assert not denied(PRODUCTION, "files", shop)
    s3.put_bucket_policy(Bucket="files", Policy=denying("", "files", shop, 7))
    assert (denied(PRODUCTION, "files", shop), denied(PRODUCTION, "files", other)) == (True, False)
    s3.delete_bucket_policy(Bucket="files")
    assert not denied(PRODUCTION, "files", shop)
    assert denied(PRODUCTION, "nowhere", shop)
