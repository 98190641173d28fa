"""Whether a bucket's policy denies a role everything, as S3 would: moto itself lets everybody in."""

import json
from typing import Any

from moto.backends import get_backend


def denied(account: str, bucket: str, role: str) -> bool:
    """Return whether a statement denies this role, by its ARN, or everybody the objects of a bucket.

    Only what names no condition counts.  A bucket that is not there denies everybody.
    """
    found = get_backend("s3")[account]["aws"].buckets.get(bucket)
    if found is None:
        return True
    text = found.policy.decode() if isinstance(found.policy, bytes) else found.policy
    document = json.loads(text) if text else {}
    return any(_denies(one, role) for one in _listed(document.get("Statement", [])))


def _denies(statement: dict[str, Any], role: str) -> bool:
    principal = statement.get("Principal", {})
    whom = _listed(principal.get("AWS", []) if isinstance(principal, dict) else principal)
    what = _listed(statement.get("Action", []))
    return (
        statement.get("Effect") == "Deny"
        and "Condition" not in statement
        and not {role, "*"}.isdisjoint(whom)
        and not {"*", "s3:*", "s3:GetObject"}.isdisjoint(what)
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
