"""Who may use a key: its policy, IAM, and grants together."""

import json

import pytest

from aws.iam import Verdict
from aws.kms import Grant, Key
from commands.diagnosis import statement
from commands.diagnosis.rights import NEEDED, Right
from tests.canned import ROLE
from tests.commands.diagnosis.machines import KEY, allow, key, policy

GRANT = "kms:CreateGrant"
NAMED = policy(allow(ROLE, "kms:*"))
OTHERS = policy(allow("arn:aws:iam::123456789012:role/other", "kms:*"))
FOREIGN = KEY.replace("123456789012", "999999999999")


def test_where_the_key_leaves_it_to_the_account_iam_decides() -> None:
    assert key("allowed").right(GRANT) is Right.ALLOWED
    assert key("implicitDeny").right(GRANT) is Right.IAM_SILENT
    assert key("explicitDeny").right(GRANT) is Right.IAM_DENIES


def test_whom_the_key_names_needs_nothing_of_iam() -> None:
    assert key("implicitDeny", policy=NAMED).right(GRANT) is Right.ALLOWED


def test_a_key_that_names_others_only_is_closed_whatever_iam_says() -> None:
    assert key("allowed", policy=OTHERS).right(GRANT) is Right.KEY_SILENT


def test_a_grant_opens_what_the_policies_do_not() -> None:
    granted = key("implicitDeny", policy=OTHERS, grants=(Grant(ROLE, frozenset({"CreateGrant"})),))
    assert granted.right(GRANT) is Right.ALLOWED
    assert granted.missing() == {"kms:Decrypt": Right.KEY_SILENT}


def test_an_explicit_deny_of_iam_closes_even_what_the_key_names() -> None:
    assert key("explicitDeny", policy=NAMED).right(GRANT) is Right.IAM_DENIES


def test_a_key_of_another_account_needs_both() -> None:
    named = policy(allow(ROLE, "kms:*"))
    assert key("implicitDeny", arn=FOREIGN, policy=named).right(GRANT) is Right.IAM_SILENT
    assert key("allowed", arn=FOREIGN, policy=named).right(GRANT) is Right.ALLOWED


def test_an_organisation_may_forbid_what_everybody_else_allows() -> None:
    verdicts = {action: Verdict(action, "implicitDeny", by_organization=True) for action in NEEDED}
    assert key(verdicts=verdicts).right(GRANT) is Right.ORGANIZATION


def test_what_could_not_be_read_is_no_reason() -> None:
    assert key(verdicts=None).right(GRANT) is Right.UNKNOWN
    assert key("allowed", policy=None).right(GRANT) is Right.UNKNOWN
    assert key(verdicts=None).missing() == {}
    assert not key(verdicts=None).is_sure()
    assert key().is_sure()


def test_a_key_of_aws_is_for_everybody_in_the_account() -> None:
    assert key(key=Key(KEY, "Enabled", True), policy=None, verdicts=None).is_sure()


def test_the_statement_for_a_role_lets_grants_go_to_aws_resources_only() -> None:
    grant, decrypt = (json.loads(statement.for_identity(KEY, [one])) for one in NEEDED)
    assert grant["Condition"] == {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    assert (grant["Effect"], grant["Action"], grant["Resource"]) == ("Allow", ["kms:CreateGrant"], KEY)
    assert "Condition" not in decrypt
    assert "Principal" not in grant


@pytest.mark.parametrize("actions", [NEEDED[:1], NEEDED])
def test_a_key_with_the_statement_added_says_yes(actions: tuple[str, ...]) -> None:
    """What is printed is what helps."""
    closed = key("implicitDeny", policy=OTHERS)
    added = json.loads(statement.for_key(closed, actions))
    opened = key("implicitDeny", policy=policy(*(added if isinstance(added, list) else [added])))
    assert [opened.right(one) for one in actions] == [Right.ALLOWED] * len(actions)
