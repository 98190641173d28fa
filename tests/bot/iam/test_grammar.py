"""IAM's own grammar, by a linter that others keep: what is generated has no fault, what is wrong has one."""

import json
from pathlib import Path
from typing import Any

import pytest
from cfnlint import lint
from cfnlint.config import ManualArgs

from bot.iam.asked import Wish, policies, trusts
from tests.bot.iam.given import settings

OWN = "arn:aws:iam::333333333333:role/toban"
REGIONS = ManualArgs(regions=["us-east-1"])


def faults(document: dict[str, Any], *, trust: bool = False) -> list[str]:
    """What cfn-lint says of a policy, in a template around it."""
    kind, name = ("Role", "AssumeRolePolicyDocument") if trust else ("ManagedPolicy", "PolicyDocument")
    resource = {"Type": f"AWS::IAM::{kind}", "Properties": {name: document}}
    template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"One": resource}}
    return [f"{one.rule.id} {one.message[:200]}" for one in lint(json.dumps(template), config=REGIONS)]


@pytest.mark.parametrize(
    "wish",
    [
        Wish(),
        Wish(verbs=("ec2", "snapshot.create"), tags=("env=dev",)),
        Wish(keys=("arn:aws:kms:us-west-2:222222222222:key/1",)),
    ],
)
def test_every_document_is_good_iam(tmp_path: Path, wish: Wish) -> None:
    made = policies(settings(tmp_path), wish).documents
    assert [fault for one in made.values() for fault in faults(one)] == []


def test_every_trust_policy_is_good_iam(tmp_path: Path) -> None:
    made = trusts(settings(tmp_path), Wish(), OWN).documents
    assert made
    assert [fault for one in made.values() for fault in faults(one, trust=True)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"Efect": "Allow"},
        {"Action": "ec2:StopInstance"},
        {"Resource": "instance/*"},
        {"Condition": {"StringEqual": {"aws:RequestedRegion": "us-east-1"}}},
    ],
)
def test_the_linter_sees_what_is_wrong(wrong: dict[str, Any]) -> None:
    right = {"Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*"}
    assert faults({"Version": "2012-10-17", "Statement": [right]}) == []
    assert faults({"Version": "2012-10-17", "Statement": [{**right, **wrong}]}) != []
