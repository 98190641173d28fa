"""The statement that denies a role a bucket: put into a policy, found in it, taken out again.  Pure.

S3 keeps what a policy means and not how it was typed: a list of one may come back as its member.  So policies
are compared by what they say ("IAM JSON policy elements reference").
"""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

_OURS = re.compile(r"toban(\d+)deny([0-9a-f]{12})")
_VERSION = "2012-10-17"


def denying(policy: str, bucket: str, role: str, operation: int) -> str:
    """The same policy, "" for none, with the role denied; a statement of ours for it is there only once."""
    document = json.loads(without(policy, role) or json.dumps({"Version": _VERSION, "Statement": []}))
    arn = f"arn:{role.split(':')[1]}:s3:::{bucket}"
    ours = {
        "Sid": f"toban{operation}deny{_mark(role)}",
        "Effect": "Deny",
        "Principal": {"AWS": role},
        "Action": "s3:*",
        "Resource": [arn, f"{arn}/*"],
    }
    return json.dumps(document | {"Statement": [*_statements(document), ours]})


def denies(policy: str, role: str) -> bool:
    """Whether a statement of ours for this role is in a policy."""
    return any(_is_ours(one, role) for one in _statements_of(policy))


def without(policy: str, role: str) -> str:
    """The same policy without our statement for this role; "" when nothing is left of it."""
    if not denies(policy, role):
        return policy
    document = json.loads(policy)
    left = [one for one in _statements(document) if not _is_ours(one, role)]
    return json.dumps(document | {"Statement": left}) if left else ""


def ours_in(policy: str) -> Iterator[int]:
    """The operations whose statements are in a policy."""
    for one in _statements_of(policy):
        if found := _OURS.fullmatch(str(one.get("Sid", ""))):
            yield int(found[1])


def denied_by(policy: str, operation: int) -> str:
    """The role that an operation's statement in a policy denies; "" when there is none."""
    for one in _statements_of(policy):
        found = _OURS.fullmatch(str(one.get("Sid", "")))
        if found and int(found[1]) == operation:
            return str(one.get("Principal", {}).get("AWS", ""))
    return ""


def digest(policy: str) -> str:
    """Short for what a policy says; the same for two that say the same.  "none" for none."""
    if not policy:
        return "none"
    document = json.loads(policy)
    plain = document | {"Statement": [_plain(one) for one in _statements(document)]}
    return hashlib.sha256(json.dumps(_plain(plain), sort_keys=True).encode()).hexdigest()[:16]


def _mark(role: str) -> str:
    return hashlib.sha256(role.encode()).hexdigest()[:12]


def _is_ours(statement: dict[str, Any], role: str) -> bool:
    found = _OURS.fullmatch(str(statement.get("Sid", "")))
    return found is not None and found[2] == _mark(role)


def _statements_of(policy: str) -> list[dict[str, Any]]:
    return _statements(json.loads(policy)) if policy else []


def _statements(document: dict[str, Any]) -> list[dict[str, Any]]:
    found = document.get("Statement", [])
    return found if isinstance(found, list) else [found]


def _plain(value: Any) -> Any:
    """A value in one of the ways in which it may be written: the order in a list means nothing here."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        members = sorted((_plain(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
        return members[0] if len(members) == 1 else members
    return value
