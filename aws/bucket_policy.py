"""S3 buckets: where one is, and its policy, read and written whole.

Sources: "GetBucketLocation", "GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy" (S3 API reference): a
policy is written whole and no condition can go with it, so that whoever writes last wins; a bucket of another
account than expected is refused.  Reads come first, changes after; all may be repeated.
"""

from collections.abc import Mapping
from typing import Any, Protocol, cast

from aws.account import Accounts, Place
from aws.errors import NotFound, speaking_plainly
from aws.tags import Tags

LARGEST = 20 * 1024
"""Bytes of a policy: "Bucket policies" of "Amazon S3 quotas"."""
_OLD_NAMES = {"": "us-east-1", "EU": "eu-west-1"}


class S3(Protocol):
    """The client, as far as it is used here."""

    def get_bucket_location(self, **named: object) -> Mapping[str, Any]:
        """In which region a bucket is."""

    def get_bucket_policy(self, **named: object) -> Mapping[str, Any]:
        """Its policy."""

    def get_bucket_tagging(self, **named: object) -> Mapping[str, Any]:
        """Its tags."""

    def put_bucket_policy(self, **named: object) -> Mapping[str, Any]:
        """It has this policy from now on."""

    def delete_bucket_policy(self, **named: object) -> Mapping[str, Any]:
        """It has none from now on."""


def client(aws: Accounts, place: Place) -> S3:
    """S3 in a place."""
    return cast("S3", aws.client("s3", place))


def region(s3: S3, bucket: str, owner: str) -> str:
    """In which region a bucket of this account (twelve digits) is.  Raises AwsError."""
    with speaking_plainly(f"looking for the bucket {bucket}"):
        found = s3.get_bucket_location(Bucket=bucket, ExpectedBucketOwner=owner)
    said = found.get("LocationConstraint") or ""
    return _OLD_NAMES.get(said, said)


def tags(s3: S3, bucket: str, owner: str) -> Tags:
    """A bucket's tags.  Raises AwsError."""
    try:
        with speaking_plainly(f"looking at the tags of the bucket {bucket}"):
            found = s3.get_bucket_tagging(Bucket=bucket, ExpectedBucketOwner=owner)
    except NotFound as error:
        if error.said.code == "NoSuchTagSet":
            return Tags()
        raise
    return Tags.read(found["TagSet"])


def policy(s3: S3, bucket: str, owner: str) -> str:
    """A bucket's policy as it is written; "" when it has none.  Raises AwsError, NotFound for no bucket."""
    try:
        with speaking_plainly(f"looking at the policy of the bucket {bucket}"):
            return str(s3.get_bucket_policy(Bucket=bucket, ExpectedBucketOwner=owner)["Policy"])
    except NotFound as error:
        if error.said.code == "NoSuchBucketPolicy":
            return ""
        raise


def put_policy(s3: S3, bucket: str, owner: str, text: str) -> str:
    """Give a bucket this policy, "" for none; returns AWS's request id.  Raises AwsError."""
    with speaking_plainly(f"writing the policy of the bucket {bucket}"):
        if text:
            reply = s3.put_bucket_policy(Bucket=bucket, ExpectedBucketOwner=owner, Policy=text)
        else:
            reply = s3.delete_bucket_policy(Bucket=bucket, ExpectedBucketOwner=owner)
    return str(reply["ResponseMetadata"]["RequestId"])
