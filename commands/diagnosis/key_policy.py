"""What a KMS key's policy says of one action by one caller.  Pure.

Source: "Key policies in AWS KMS" and "Determining access to AWS KMS keys" of the KMS developer guide: a key's
policy names who may use it, or leaves it to the IAM policies of an account by naming the account's root.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any


class Says(StrEnum):
    """What a key's policy says."""

    ALLOWS = "allows"  # it names the caller
    DELEGATES = "delegates"  # it leaves it to the IAM policies of the caller's account
    DENIES = "denies"
    NOTHING = "nothing"
    UNCLEAR = "unclear"  # a condition that cannot be judged from here


@dataclass(frozen=True, slots=True)
class Request:
    """A call to KMS as a key's policy sees it."""

    action: str  # such as kms:CreateGrant
    caller: str  # the ARN of a role or user
    service: str  # that calls for it, such as ec2.eu-west-1.amazonaws.com

    @property
    def account(self) -> str:
        """The caller's account."""
        return self.caller.split(":")[4]

    def context(self) -> dict[str, str]:
        """The condition keys whose values are known; GrantIsForAWSResource is there for grants only."""
        known = {
            "kms:viaservice": self.service,
            "kms:calleraccount": self.account,
            "aws:principalaccount": self.account,
            "aws:principalarn": self.caller,
        }
        if self.action == "kms:CreateGrant":
            known["kms:grantisforawsresource"] = "true"
        return known


def says(policy: str, request: Request) -> Says:
    """What the policy, as JSON, says; a deny goes before everything else."""
    statements = _several(json.loads(policy).get("Statement", ()))
    denied = {_fits(one, request) for one in statements if one.get("Effect") == "Deny"} - {Says.NOTHING}
    if denied:
        return Says.UNCLEAR if denied == {Says.UNCLEAR} else Says.DENIES
    allowed = {_fits(one, request) for one in statements if one.get("Effect") == "Allow"}
    order = (Says.ALLOWS, Says.DELEGATES, Says.UNCLEAR)
    return next((one for one in order if one in allowed), Says.NOTHING)


def _fits(statement: Mapping[str, Any], request: Request) -> Says:
    """How a statement is about this request, if it is: by name, by account, or nobody can tell."""
    about = _about(statement, request)
    holds = _holds(statement.get("Condition", {}), request.context())
    if about is Says.NOTHING or holds is False:
        return Says.NOTHING
    return Says.UNCLEAR if holds is None else about


def _about(statement: Mapping[str, Any], request: Request) -> Says:
    """Whether a statement is about this action and caller: by name, or by account."""
    if "NotPrincipal" in statement or "NotAction" in statement:
        return Says.UNCLEAR
    if not any(_like(request.action, one) for one in _several(statement.get("Action", ()))):
        return Says.NOTHING
    principal = statement.get("Principal", {})
    named = _several(principal if isinstance(principal, str) else principal.get("AWS", ()))
    if "*" in named or request.caller in named:
        return Says.ALLOWS
    if request.account in named or any(_is_root(one, request.account) for one in named):
        return Says.DELEGATES
    return Says.NOTHING


def _holds(condition: Mapping[str, Mapping[str, Any]], context: Mapping[str, str]) -> bool | None:
    """Whether all conditions hold; None when one cannot be judged."""
    judged = [
        _one_holds(operator, context.get(key.lower()), [str(one) for one in _several(wanted)])
        if key.lower() in {*context, "kms:grantisforawsresource"}
        else None
        for operator, keys in condition.items()
        for key, wanted in keys.items()
    ]
    if False in judged:
        return False
    return None if None in judged else True


def _one_holds(operator: str, value: str | None, wanted: Iterable[str]) -> bool | None:
    kind = operator.removesuffix("IfExists")
    if value is None:
        return operator.endswith("IfExists")
    match kind:
        case "Bool":
            return value in {one.lower() for one in wanted}
        case "StringEquals" | "ArnEquals":
            return value in wanted
        case "StringLike" | "ArnLike":
            return any(_like(value, one) for one in wanted)
        case "StringNotEquals":
            return value not in wanted
        case _:
            return None


def _is_root(principal: str, account: str) -> bool:
    return principal.endswith(f":iam::{account}:root")


def _like(value: str, pattern: str) -> bool:
    return fnmatchcase(value.lower(), pattern.lower().replace("[", "[[]"))


def _several(value: Any) -> list[Any]:
    """IAM writes a list of one as the one."""
    return list(value) if isinstance(value, list | tuple) else [value]
