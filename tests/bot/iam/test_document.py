"""Statements and documents: as few as say it, none too large, nothing for what an account does not have."""

import json
from typing import Any

from bot.iam.document import documents, size, statements
from bot.iam.scope import Ground
from tests.bot.iam.given import DEV, GROUND, everything

BARE = Ground("home", DEV, ("ap-northeast-1", "us-west-2"))


def of(name: str, *who: str, ground: Ground = GROUND) -> list[dict[str, Any]]:
    """The statements for one IAM action."""
    return statements({name: frozenset(who)}, ground)


def test_actions_with_the_same_reach_share_a_statement() -> None:
    needs = {name: frozenset({"ec2.hours"}) for name in ("ec2:StartInstances", "ec2:StopInstances")}
    (one,) = statements(needs, BARE)
    assert one == {
        "Effect": "Allow",
        "Action": ["ec2:StartInstances", "ec2:StopInstances"],
        "Resource": f"arn:aws:ec2:*:{DEV}:instance/*",
        "Condition": {"StringEquals": {"aws:RequestedRegion": ["ap-northeast-1", "us-west-2"]}},
    }


def test_a_tag_narrows_what_people_own_and_not_what_toban_makes() -> None:
    tagged = Ground("dev", DEV, ("us-west-2",), tags={"env": ("dev", "test")})
    volume, snapshot = of("ec2:CreateSnapshot", "snapshot.create", ground=tagged)
    assert volume["Condition"]["StringEquals"]["aws:ResourceTag/env"] == ["dev", "test"]
    assert "aws:ResourceTag/env" not in snapshot["Condition"]["StringEquals"]


def test_tags_are_written_only_on_what_is_being_made() -> None:
    (one,) = of("ec2:CreateTags", "snapshot.create", "ami.copy")
    created = one["Condition"]["StringEquals"]["ec2:CreateAction"]
    assert set(created) == {"CopyImage", "CreateSnapshot", "CreateSnapshots"}


def test_an_instance_gets_none_but_the_tags_that_note_its_groups() -> None:
    (one,) = of("ec2:CreateTags", "ec2.note-groups")
    assert one["Resource"] == f"arn:aws:ec2:*:{DEV}:instance/*"
    assert one["Condition"]["ForAllValues:StringLike"] == {"aws:TagKeys": "toban:isolated-from:*"}
    assert one["Condition"]["Null"] == {"aws:TagKeys": "false"}


def test_a_role_is_passed_to_the_services_that_the_verbs_need_and_to_no_other() -> None:
    (ec2,) = of("iam:PassRole", "ami.restore")
    assert ec2["Condition"] == {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
    (timer,) = of("iam:PassRole", "failover.hold-timer")
    assert timer["Resource"] == f"arn:aws:iam::{DEV}:role/timer"
    assert timer["Condition"] == {"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}}


def test_queues_topics_and_roles_are_those_of_the_config() -> None:
    assert of("sqs:ReceiveMessage", "events")[0]["Resource"] == f"arn:aws:sqs:ap-northeast-1:{DEV}:toban"
    assert of("sns:Publish", "alarm.page")[0]["Resource"] == f"arn:aws:sns:ap-northeast-1:{DEV}:pager"
    assert of("sts:AssumeRole")[0]["Resource"] == f"arn:aws:iam::{DEV}:role/toban"


def test_what_an_account_does_not_have_is_not_allowed_on_anything_else() -> None:
    for name in ("sqs:ReceiveMessage", "sns:Publish", "kms:CreateGrant", "ce:GetCostAndUsage"):
        assert of(name, "alarm.page", ground=BARE) == []


def test_only_the_network_acls_that_toban_made_are_deleted_unless_leftovers_are_cleaned() -> None:
    (made,) = of("ec2:DeleteNetworkAcl", "failover.delete-acl")
    assert made["Condition"]["Null"] == {"aws:ResourceTag/toban:operation": "false"}
    assert len(of("ec2:DeleteNetworkAcl", "failover.delete-acl", "failover.remove-acl")) == 2


def test_every_document_is_within_its_limit_and_together_they_are_all() -> None:
    made = statements(everything(), GROUND)
    parts = documents(made)
    assert len(parts) > 1
    assert all(size(part["Statement"]) <= 6_144 for part in parts)
    assert [one for part in parts for one in part["Statement"]] == made


def test_a_statement_that_is_too_large_by_itself_is_divided() -> None:
    names = [f"ec2:Describe{number:04}" for number in range(400)]
    parts = documents([{"Effect": "Allow", "Action": names, "Resource": "*"}])
    assert all(size(part["Statement"]) <= 6_144 for part in parts)
    assert [one for part in parts for each in part["Statement"] for one in each["Action"]] == names


def test_a_size_is_counted_without_white_space() -> None:
    """As IAM counts ("IAM and AWS STS quotas", IAM user guide)."""
    (one,) = of("sns:Publish", "alarm.page")
    whole = {"Version": "2012-10-17", "Statement": [one]}
    assert size([one]) == len("".join(json.dumps(whole, indent=2).split()))
