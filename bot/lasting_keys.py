"""Access keys that never end: toban does its work in roles, and says so when it finds it has such a key."""

import logging

from aws.account import Accounts
from aws.errors import AwsError

log = logging.getLogger("toban.aws")
INSTEAD = (
    "Give it a role instead (an instance profile, a task role, web identity, or SSO on your own machine),"
    " then delete the key in IAM."
)


def found(where: str) -> str:
    """What is wrong with a key from there."""
    return f"toban uses an access key that never ends, from {where}."


def warn(aws: Accounts) -> None:
    """Say so in the log, once a start; looking may take seconds where an instance is asked for its role."""
    try:
        where = aws.standing_keys()
    except AwsError:
        return  # the first call to AWS says what is wrong
    if where:
        log.warning("%s %s", found(where), INSTEAD, extra={"action": "aws.lasting-key"})
