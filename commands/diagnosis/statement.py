"""The IAM or key policy statement that is missing, as JSON.  Pure.

Source: "Required IAM permissions for Amazon EBS encryption" (EBS user guide): a grant only for an AWS
resource, which keeps the right to make grants from reaching any further.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any

from commands.diagnosis.rights import CREATE_GRANT, KeyFacts


def for_identity(key: str, actions: Collection[str]) -> str:
    """What to add to the policy of the caller."""
    return _written(_statements(key, actions, {}))


def for_key(facts: KeyFacts, actions: Collection[str]) -> str:
    """What to add to the policy of the key."""
    return _written(_statements(facts.arn, actions, {"Principal": {"AWS": facts.caller}}))


def _statements(key: str, actions: Collection[str], who: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One for grants, which has a condition that holds for nothing else, and one for the rest."""
    others = sorted(set(actions) - {CREATE_GRANT})
    made: list[dict[str, Any]] = []
    if others:
        made.append(_statement("TobanUseKeyOfVolumes", key, others, who))
    if CREATE_GRANT in actions:
        only = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
        granting = _statement("TobanGrantKeyToEc2", key, [CREATE_GRANT], who)
        made.append({**granting, "Condition": only})
    return made


def _statement(sid: str, key: str, actions: list[str], who: Mapping[str, Any]) -> dict[str, Any]:
    return {"Sid": sid, "Effect": "Allow", **who, "Action": actions, "Resource": key}


def _written(statements: list[dict[str, Any]]) -> str:
    return json.dumps(statements[0] if len(statements) == 1 else statements, indent=2)
