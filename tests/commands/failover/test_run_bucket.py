"""/failover run bucket: a role is denied a bucket, and the policy is then what it was, word for word."""

import json
from typing import Any

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from tests.commands.desk import DEV_ID, OREGON, PROD_ID, TOKYO, Desk

LINE = "/failover run bucket shop-files --role shop --for 1m"
ROLE = f"arn:aws:iam::{DEV_ID}:role/service/shop"
DENY, ALLOW = "failover.deny-bucket", "failover.allow-bucket"
OLD = (
    '{"Version":"2012-10-17",   "Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},'
    '"Action":["s3:GetObject"],"Resource":"arn:aws:s3:::shop-files/*"}]}'
)
THEIRS = {
    "Sid": "theirs",
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:DeleteObject",
    "Resource": "arn:aws:s3:::shop-files/*",
}


def s3(desk: Desk, account: str = DEV_ID, region: str = TOKYO) -> Any:
    return desk.local.client("s3", account=account, region=region)


def bucket(desk: Desk, policy: str = OLD, region: str = TOKYO) -> None:
    where = {"LocationConstraint": region}
    s3(desk, region=region).create_bucket(Bucket="shop-files", CreateBucketConfiguration=where)
    s3(desk).put_bucket_tagging(
        Bucket="shop-files", Tagging={"TagSet": [{"Key": "toban:chaos", "Value": "allowed"}]}
    )
    if policy:
        s3(desk).put_bucket_policy(Bucket="shop-files", Policy=policy)
    desk.local.client("iam", account=DEV_ID).create_role(
        RoleName="shop", Path="/service/", AssumeRolePolicyDocument="{}"
    )


def policy_of(desk: Desk) -> str:
    found = desk.local.backend("s3", DEV_ID, "aws").buckets["shop-files"].policy
    return found.decode() if found else ""


def statements(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(policy_of(desk))["Statement"]
    return found


def states(desk: Desk, number: int) -> dict[str, StepState]:
    return {row.step.action: row.state for row in desk.house.steps(number)}


def broken(desk: Desk) -> int:
    number = desk.see_through(LINE, turns=3, passing=10)
    assert [one["Principal"] for one in statements(desk) if one["Effect"] == "Deny"][-1] == {"AWS": ROLE}
    return number


@pytest.mark.parametrize("policy", [OLD, ""])
def test_a_role_is_denied_a_bucket_for_a_while_and_all_is_as_before(lab: Desk, policy: str) -> None:
    bucket(lab, policy)
    rows = lab.carry_out(LINE, turns=10)
    assert {row.step.action: row.state for row in rows} == {
        "failover.steady": StepState.DONE,
        DENY: StepState.DONE,
        ALLOW: StepState.DONE,
        "failover.recovered": StepState.DONE,
    }
    assert policy_of(lab) == policy
    assert "its policy is what it was" in {str(row.reason) for row in rows}


def test_the_statement_names_the_operation_and_the_old_policy_stays_beside_it(lab: Desk) -> None:
    bucket(lab)
    broken(lab)
    first, ours = statements(lab)
    assert first == json.loads(OLD)["Statement"][0]
    assert str(ours["Sid"]).startswith("toban1deny")
    assert ours["Resource"] == ["arn:aws:s3:::shop-files", "arn:aws:s3:::shop-files/*"]


def test_what_somebody_else_changes_meanwhile_stays(lab: Desk) -> None:
    bucket(lab)
    number = broken(lab)
    changed = json.loads(policy_of(lab))
    changed["Statement"].insert(0, THEIRS)
    s3(lab).put_bucket_policy(Bucket="shop-files", Policy=json.dumps(changed))
    lab.house.work(passing=20, turns=6)
    assert statements(lab) == [THEIRS, json.loads(OLD)["Statement"][0]]
    assert states(lab, number)[ALLOW] is StepState.DONE
    (said,) = [str(row.reason) for row in lab.house.steps(number) if row.step.action == ALLOW]
    assert "only toban's statement was taken out" in said


def test_one_that_somebody_has_put_back_already_needs_nothing(lab: Desk) -> None:
    bucket(lab)
    number = broken(lab)
    other = json.dumps({"Version": "2012-10-17", "Statement": [THEIRS]})
    s3(lab).put_bucket_policy(Bucket="shop-files", Policy=other)
    lab.house.work(passing=20, turns=6)
    assert (policy_of(lab), states(lab, number)[ALLOW]) == (other, StepState.DONE)


def test_a_policy_that_changed_since_the_plan_is_not_touched(lab: Desk) -> None:
    bucket(lab)
    number = lab.house.asked(LINE)
    other = json.dumps({"Version": "2012-10-17", "Statement": [THEIRS]})
    s3(lab).put_bucket_policy(Bucket="shop-files", Policy=other)
    lab.house.click(number, "U0SUZUKI")
    lab.house.work(passing=20, turns=6)
    assert states(lab, number)[DENY] is StepState.SKIPPED
    assert policy_of(lab) == other


def test_a_bucket_that_is_gone_has_nothing_to_be_put_back(lab: Desk) -> None:
    bucket(lab)
    number = broken(lab)
    s3(lab).delete_bucket(Bucket="shop-files")
    lab.house.work(passing=20, turns=6)
    assert states(lab, number)[ALLOW] is StepState.SKIPPED


@pytest.mark.parametrize(
    ("role", "why"),
    [
        ("nobody", "There is no role nobody in dev"),
        (f"arn:aws:iam::{DEV_ID}:root", "never an account, everybody or root"),
        ("*", "never an account, everybody or root"),
        (f"arn:aws:iam::{DEV_ID}:user/sato", "never an account, everybody or root"),
        (f"arn:aws:iam::{PROD_ID}:role/shop", "of another account"),
    ],
)
def test_only_one_role_of_the_account_is_denied_anything(lab: Desk, role: str, why: str) -> None:
    bucket(lab)
    with pytest.raises(UsageError, match=why):
        lab.plan(f'/failover run bucket shop-files --role "{role}"')


def test_toban_never_locks_itself_out(lab: Desk) -> None:
    """In this account it is entered by a role that the config names."""
    where = {"LocationConstraint": TOKYO}
    s3(lab, PROD_ID).create_bucket(Bucket="prod-files", CreateBucketConfiguration=where)
    lab.local.client("iam", account=PROD_ID).create_role(RoleName="toban", AssumeRolePolicyDocument="{}")
    with pytest.raises(UsageError, match="toban is toban's own role, which has to put the policy back"):
        lab.plan("/failover run bucket prod-files --role toban")


def test_a_bucket_that_is_nowhere_is_said_to_be(lab: Desk) -> None:
    with pytest.raises(UsageError, match="There is no bucket nowhere in the accounts that are meant"):
        lab.plan("/failover run bucket nowhere --role shop")


def test_a_bucket_in_a_region_that_nobody_looks_after_is_left_alone(lab: Desk) -> None:
    bucket(lab, region="eu-west-1")
    with pytest.raises(UsageError, match="is in eu-west-1 of dev, which toban does not look after"):
        lab.plan(LINE)


def test_a_bucket_is_found_in_the_region_where_it_is(lab: Desk) -> None:
    bucket(lab, region=OREGON)
    assert {step.target.region for step in lab.plan(LINE).steps} == {OREGON}


def test_a_full_policy_has_no_room(lab: Desk) -> None:
    full = json.dumps({"Version": "2012-10-17", "Id": "x" * 20_200, "Statement": [THEIRS]})
    bucket(lab, full)
    with pytest.raises(UsageError, match="has no room for one more statement"):
        lab.plan(LINE)


def test_one_with_a_statement_of_another_test_is_left_alone(lab: Desk) -> None:
    bucket(lab)
    broken(lab)
    lab.house.path.drills.get(1)
    with pytest.raises(UsageError, match="still has a statement of a failure test"):
        lab.plan(LINE)
