"""KMS keys: their state, their policy, and who was granted their use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from aws.account import Accounts, Place
from aws.errors import speaking_plainly
from aws.page import pages

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

ENABLED = "Enabled"


@dataclass(frozen=True, slots=True)
class Key:
    """A KMS key as toban talks about it; the words are KMS's own."""

    arn: str
    state: str  # Enabled, Disabled, PendingDeletion, PendingImport, Unavailable ...
    by_aws: bool  # an AWS managed key, such as aws/ebs: nobody's rights need to name it
    deletion: datetime | None = None  # when it will be gone for good


@dataclass(frozen=True, slots=True)
class Grant:
    """What somebody was granted beside the key's policy."""

    grantee: str
    operations: frozenset[str]  # such as CreateGrant, Decrypt


def client(aws: Accounts, place: Place) -> "KMSClient":
    """KMS in a place."""
    return cast("KMSClient", aws.client("kms", place))


def describe(kms: "KMSClient", key_id: str) -> Key:
    """A key by its id or ARN, also one of another account.  Raises AwsError."""
    with speaking_plainly(f"looking at the key {key_id}"):
        raw = kms.describe_key(KeyId=key_id)["KeyMetadata"]
    return Key(
        arn=raw.get("Arn", key_id),
        state=raw.get("KeyState", ""),
        by_aws=raw.get("KeyManager") == "AWS",
        deletion=raw.get("DeletionDate"),
    )


def policy(kms: "KMSClient", key_id: str) -> str:
    """The key's policy, as JSON.  Raises AwsError; nobody reads the policy of another account's key."""
    with speaking_plainly(f"reading the policy of the key {key_id}"):
        return kms.get_key_policy(KeyId=key_id, PolicyName="default")["Policy"]


def grants(kms: "KMSClient", key_id: str, grantee: str) -> Iterator[Grant]:
    """What one identity was granted.  Raises AwsError."""
    found = kms.get_paginator("list_grants").paginate(KeyId=key_id, GranteePrincipal=grantee)
    for page in pages(f"listing the grants of the key {key_id}", found):
        for raw in page["Grants"]:
            yield Grant(raw.get("GranteePrincipal", ""), frozenset(raw.get("Operations", ())))
