"""Whether a policy's own words keep a role from reading a bucket."""

import json
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

_READ = "s3:getobject"


def is_denied(role: str, policies: Iterable[str | bytes | Mapping[str, Any]]) -> bool:
    """Whether one statement of these denies GetObject to this role, by its ARN."""
    return any(_denies(one, role) for policy in policies for one in _statements(policy))


def _statements(policy: str | bytes | Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    read = policy if isinstance(policy, Mapping) else json.loads(policy)
    found = read.get("Statement", [])
    return [found] if isinstance(found, Mapping) else found


def _denies(statement: Mapping[str, Any], role: str) -> bool:
    if statement.get("Effect") != "Deny":
        return False
    actions = _many(statement.get("Action", ()))
    return any(fnmatchcase(_READ, one.lower()) for one in actions) and _is_meant(statement, role)


def _is_meant(statement: Mapping[str, Any], role: str) -> bool:
    """Whether it is about this role: by its principal, or by a condition that names it."""
    principal = statement.get("Principal", "*")  # a role's own policy names none
    named = _many(principal.get("AWS", ())) if isinstance(principal, Mapping) else _many(principal)
    if role in named:
        return True
    condition = statement.get("Condition")
    return "*" in named and (not condition or role in json.dumps(condition))


def _many(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
