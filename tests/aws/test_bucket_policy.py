"""Buckets of S3 and their policies; the path names the bucket where one host stands for all of AWS."""

from typing import Any

import boto3
import pytest

from aws import bucket_policy
from aws.account import Accounts
from aws.bucket_policy import S3
from aws.errors import NotFound
from tests.aws.conftest import PLACE

DEV = "123456789012"
POLICY = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject",'
    ' "Resource": "arn:aws:s3:::shop-files/*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}'
)


@pytest.fixture
def hands(local_aws: str) -> Any:
    """Somebody's own hands, who may call what toban never does."""
    return boto3.client("s3", region_name=PLACE.region)


@pytest.fixture
def s3(hands: Any, accounts: Accounts) -> S3:
    hands.create_bucket(Bucket="shop-files", CreateBucketConfiguration={"LocationConstraint": PLACE.region})
    return bucket_policy.client(accounts, PLACE)


def test_a_bucket_is_found_where_it_is(s3: S3) -> None:
    assert bucket_policy.region(s3, "shop-files", DEV) == PLACE.region


def test_one_that_does_not_exist_is_not_found(s3: S3) -> None:
    with pytest.raises(NotFound):
        bucket_policy.region(s3, "nowhere", DEV)


def test_the_oldest_region_has_no_name_in_s3s_words(s3: S3, hands: Any) -> None:
    boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="old-files")
    assert bucket_policy.region(s3, "old-files", DEV) == "us-east-1"


def test_a_policy_is_written_read_and_taken_away_word_for_word(s3: S3) -> None:
    assert bucket_policy.policy(s3, "shop-files", DEV) == ""
    bucket_policy.put_policy(s3, "shop-files", DEV, POLICY)
    assert bucket_policy.policy(s3, "shop-files", DEV) == POLICY
    bucket_policy.put_policy(s3, "shop-files", DEV, "")
    assert bucket_policy.policy(s3, "shop-files", DEV) == ""


def test_no_bucket_is_not_the_same_as_no_policy(s3: S3) -> None:
    with pytest.raises(NotFound):
        bucket_policy.policy(s3, "nowhere", DEV)


def test_tags_are_read_and_none_are_none(s3: S3, hands: Any) -> None:
    assert bucket_policy.tags(s3, "shop-files", DEV) == {}
    marked = {"TagSet": [{"Key": "toban:chaos", "Value": "allowed"}]}
    hands.put_bucket_tagging(Bucket="shop-files", Tagging=marked)
    assert bucket_policy.tags(s3, "shop-files", DEV) == {"toban:chaos": "allowed"}
