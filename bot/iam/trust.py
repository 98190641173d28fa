"""Who may take a role: toban's own role, with the account's external id.  Pure.

Source: "Access to AWS accounts owned by third parties" (IAM user guide).
"""

import re
from typing import Any

from aws.account import AccountConfig
from bot.arguments import UsageError
from bot.iam.document import VERSION
from bot.words import words

_ROLE = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/[\w+=,.@/-]+")


def principal(arn: str) -> str:
    """The ARN of toban's own role.  Raises UsageError for what is none: users and root have lasting keys."""
    if not _ROLE.fullmatch(arn):
        raise UsageError(
            words(
                "toban is “{arn}” here, which is no role. Run this as toban's own role (instance profile,"
                " task role, web identity, SSO), or name that: --principal arn:aws:iam::123456789012:role/…",
                arn=arn,
            )
        )
    return arn


def trust(account: AccountConfig, own_role: str) -> dict[str, Any]:
    """The trust policy of the role in this account."""
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"AWS": own_role},
        "Action": "sts:AssumeRole",
    }
    if account.external_id is not None:
        statement["Condition"] = {"StringEquals": {"sts:ExternalId": account.external_id}}
    return {"Version": VERSION, "Statement": [statement]}
