"""IAM: what an identity's own policies would allow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from aws.account import Accounts, Place
from aws.errors import speaking_plainly
from aws.page import pages

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_iam.type_defs import ContextEntryTypeDef

ALLOWED = "allowed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the policies of an identity say of one action on one resource."""

    action: str  # such as kms:CreateGrant
    decision: str  # allowed, explicitDeny, implicitDeny
    by_organization: bool = False  # a service control policy is what denies
    depends_on: tuple[str, ...] = ()  # condition keys that were not given, such as aws:ResourceTag/env


def client(aws: Accounts, place: Place) -> "IAMClient":
    """IAM of the account that this place is in."""
    return cast("IAMClient", aws.client("iam", place))


def simulate(
    iam: "IAMClient",
    identity: str,
    actions: Sequence[str],
    resource: str,
    context: Mapping[str, str | bool],
) -> Iterator[Verdict]:
    """What the identity's policies, boundaries and organisation say; the resource's own policy is not asked.

    `identity` is the ARN of a user or role, not of a session.  Raises AwsError.
    """
    found = iam.get_paginator("simulate_principal_policy").paginate(
        PolicySourceArn=identity,
        ActionNames=list(actions),
        ResourceArns=[resource],
        ContextEntries=[_entry(name, value) for name, value in context.items()],
    )
    for page in pages(f"simulating what {identity} may do", found):
        for raw in page["EvaluationResults"]:
            organization = raw.get("OrganizationsDecisionDetail", {})
            yield Verdict(
                raw["EvalActionName"],
                raw["EvalDecision"],
                organization.get("AllowedByOrganizations") is False,
                tuple(raw.get("MissingContextValues", ())),
            )


def lasting(arn: str) -> str:
    """The identity behind a session: arn:aws:sts::1:assumed-role/name/session is the role `name`.

    A role in a path has another ARN, which STS does not tell: `role_arn` asks for it.  Any other ARN stays.
    """
    partition, account, kind, name = _parts(arn)
    return f"arn:{partition}:iam::{account}:role/{name}" if kind == "assumed-role" else arn


def role_arn(iam: "IAMClient", arn: str) -> str:
    """The full ARN of the role behind a session, with its path.  Raises AwsError."""
    *_, kind, name = _parts(arn)
    if kind != "assumed-role":
        return arn
    return named_role(iam, name)


def named_role(iam: "IAMClient", name: str) -> str:
    """The full ARN of a role, with its path.  Raises AwsError, NotFound when there is none."""
    with speaking_plainly(f"looking at the role {name}"):
        return iam.get_role(RoleName=name)["Role"]["Arn"]


def _parts(arn: str) -> tuple[str, str, str, str]:
    """Partition, account, kind and name of an identity's ARN."""
    _, partition, _, _, account, rest = arn.split(":", 5)
    kind, _, named = rest.partition("/")
    return partition, account, kind, named.split("/")[0]


def _entry(name: str, value: str | bool) -> "ContextEntryTypeDef":
    if isinstance(value, bool):
        return {
            "ContextKeyName": name,
            "ContextKeyType": "boolean",
            "ContextKeyValues": [str(value).lower()],
        }
    return {"ContextKeyName": name, "ContextKeyType": "string", "ContextKeyValues": [value]}
