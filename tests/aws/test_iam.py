"""Who is meant by an ARN, and what a simulation says; contract tests, since moto simulates nothing."""

import pytest

from aws import iam
from tests.canned import TOKYO, CannedAccounts

ROLE = "arn:aws:iam::123456789012:role/toban"


@pytest.mark.parametrize(
    ("arn", "expected"),
    [
        ("arn:aws:sts::123456789012:assumed-role/toban/i-1", ROLE),
        ("arn:aws-cn:sts::123456789012:assumed-role/toban/i-1", "arn:aws-cn:iam::123456789012:role/toban"),
        ("arn:aws:iam::123456789012:user/bots/toban", "arn:aws:iam::123456789012:user/bots/toban"),
        (ROLE, ROLE),
    ],
)
def test_a_session_stands_for_its_role(arn: str, expected: str) -> None:
    assert iam.lasting(arn) == expected


def test_a_simulation_tells_an_organisations_no_apart() -> None:
    results = [
        {"EvalActionName": "kms:Decrypt", "EvalDecision": "allowed"},
        {
            "EvalActionName": "kms:CreateGrant",
            "EvalDecision": "implicitDeny",
            "OrganizationsDecisionDetail": {"AllowedByOrganizations": False},
        },
    ]
    aws = CannedAccounts({"iam.SimulatePrincipalPolicy": {"EvaluationResults": results}})
    said = iam.simulate(iam.client(aws, TOKYO), ROLE, ["kms:*"], "*", {"kms:GrantIsForAWSResource": True})
    assert [(one.action, one.decision, one.by_organization) for one in said] == [
        ("kms:Decrypt", "allowed", False),
        ("kms:CreateGrant", "implicitDeny", True),
    ]
