"""What a key's policy says of a caller."""

import pytest

from commands.diagnosis.key_policy import Request, Says, says
from tests.canned import ACCOUNT_ID, ROLE
from tests.commands.diagnosis.machines import DELEGATED, allow, policy

EC2 = "ec2.ap-northeast-1.amazonaws.com"
GRANT, DECRYPT = Request("kms:CreateGrant", ROLE, EC2), Request("kms:Decrypt", ROLE, EC2)


def test_the_usual_policy_leaves_it_to_iam() -> None:
    assert says(DELEGATED, GRANT) is Says.DELEGATES


@pytest.mark.parametrize("principal", [ROLE, "*", [ROLE, "arn:aws:iam::1:role/x"]])
def test_a_policy_may_name_the_caller(principal: str) -> None:
    assert says(policy(allow(principal, "kms:Create*")), GRANT) is Says.ALLOWS


@pytest.mark.parametrize("principal", [ACCOUNT_ID, f"arn:aws:iam::{ACCOUNT_ID}:root"])
def test_an_account_is_named_in_two_ways(principal: str) -> None:
    assert says(policy(allow(principal, "kms:*")), GRANT) is Says.DELEGATES


@pytest.mark.parametrize(
    "written",
    [
        policy(allow(f"{ROLE}-2", "kms:*")),
        policy(allow(ROLE, "kms:Encrypt")),
        policy(allow("arn:aws:iam::999999999999:root", "kms:*")),
        policy({"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "kms:*"}),
        policy(),
    ],
    ids=["another role", "another action", "another account", "a service", "nothing"],
)
def test_who_is_not_named_gets_nothing(written: str) -> None:
    assert says(written, GRANT) is Says.NOTHING


def test_a_deny_goes_before_every_allow() -> None:
    deny = {**allow(ROLE, "kms:CreateGrant"), "Effect": "Deny"}
    assert says(policy(allow(ROLE, "kms:*"), deny), GRANT) is Says.DENIES


def test_grants_only_for_aws_resources_are_what_a_start_asks_for() -> None:
    only = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    written = policy(allow(ROLE, "kms:CreateGrant", "kms:Decrypt", Condition=only))
    assert says(written, GRANT) is Says.ALLOWS
    assert says(written, DECRYPT) is Says.NOTHING


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"StringEquals": {"kms:ViaService": EC2}}, Says.ALLOWS),
        ({"StringEquals": {"kms:ViaService": "s3.ap-northeast-1.amazonaws.com"}}, Says.NOTHING),
        ({"StringLike": {"kms:ViaService": "ec2.*.amazonaws.com"}}, Says.ALLOWS),
        ({"StringEquals": {"kms:CallerAccount": ACCOUNT_ID, "kms:ViaService": EC2}}, Says.ALLOWS),
        ({"StringNotEquals": {"kms:CallerAccount": ACCOUNT_ID}}, Says.NOTHING),
        ({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, Says.UNCLEAR),
        ({"NumericLessThan": {"kms:ViaService": "1"}}, Says.UNCLEAR),
    ],
)
def test_conditions_are_judged_where_they_can_be(condition: dict[str, object], expected: Says) -> None:
    assert says(policy(allow(ROLE, "kms:*", Condition=condition)), GRANT) is expected


def test_a_denial_under_a_condition_that_cannot_be_judged_leaves_a_doubt_beside_every_allow() -> None:
    deny = {**allow("*", "kms:*", Condition={"IpAddress": {"aws:SourceIp": "203.0.113.1"}}), "Effect": "Deny"}
    assert says(policy(allow(ROLE, "kms:*"), deny), GRANT) is Says.UNCLEAR


def test_what_is_written_by_exception_is_unclear() -> None:
    assert (
        says(policy({"Effect": "Deny", "NotPrincipal": {"AWS": ROLE}, "Action": "*"}), GRANT) is Says.UNCLEAR
    )
