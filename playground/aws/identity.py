"""Who is calling: which account an access key belongs to, and under which name.

Two ways lead into an account: AssumeRole of `arn:aws:iam::<account>:role/<any>` (the keys it
returns belong to that account), or simply using the account's twelve digits as access key id.
Any other key belongs to HOME.
"""

import re

from moto.iam.models import get_account_id_from
from moto.sts.models import sts_backends

HOME = "123456789012"  # the account of unknown keys: where toban itself is at home
_TWELVE_DIGITS = re.compile(r"\d{12}$")


def account_of(access_key: str) -> str:
    """Return the account an access key id belongs to."""
    if _TWELVE_DIGITS.match(access_key):
        return access_key
    account: str = get_account_id_from(access_key)
    return account


def caller_of(account: str, access_key: str) -> str:
    """Return the caller's ARN as AWS writes it into refusals."""
    role = sts_backends[account]["aws"].get_assumed_role_from_access_key(access_key)
    return role.arn if role else f"arn:aws:iam::{account}:user/local"
