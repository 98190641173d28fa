"""The stub's STS: an access key id ends with the account it belongs to."""

import re

from playground.aws.stub.xml import query

HOME = "123456789012"  # the account of keys that name none
_ACCOUNT = re.compile(r"(\d{12})$")
_ROLE = re.compile(r"arn:aws:iam::(\d{12}):role/(.+)$")


def account_of(access_key: str) -> str:
    """Return the account of an access key id."""
    found = _ACCOUNT.search(access_key)
    return found[1] if found else HOME


def caller_identity(account: str, request_id: str) -> bytes:
    """Answer GetCallerIdentity."""
    inner = (
        f"<Arn>arn:aws:iam::{account}:user/stub</Arn><UserId>AIDASTUB</UserId><Account>{account}</Account>"
    )
    return query("GetCallerIdentity", inner, request_id)


def assume_role(role: str, session: str, request_id: str) -> bytes:
    """Answer AssumeRole: keys that end with the role's account, good for ten years."""
    found = _ROLE.match(role)
    account, name = found.groups() if found else (HOME, "unknown")
    inner = (
        f"<Credentials><AccessKeyId>ASIA{account}</AccessKeyId><SecretAccessKey>stub</SecretAccessKey>"
        "<SessionToken>stub</SessionToken><Expiration>2036-11-01T00:00:00Z</Expiration></Credentials>"
        f"<AssumedRoleUser><Arn>arn:aws:sts::{account}:assumed-role/{name}/{session}</Arn>"
        f"<AssumedRoleId>AROASTUB:{session}</AssumedRoleId></AssumedRoleUser>"
    )
    return query("AssumeRole", inner, request_id)
