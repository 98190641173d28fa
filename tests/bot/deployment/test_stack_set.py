"""member.yaml as a stack set brings it: two accounts, three regions, one role each, on moto."""

import json
from typing import Any

import boto3
import pytest
from moto import mock_aws

from bot.iam.asked import Wish, policies
from tests.bot.deployment.given import ALIKE, DEV, PROD, QUEUE, made, settings, template

CONFIG = ALIKE + QUEUE
REGIONS = ["ap-northeast-1", "us-west-2", "us-east-1"]


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Its stacks, made as the template's own stack set says."""
    says = template(CONFIG, "toban.yaml")["Resources"]["Members"]["Properties"]
    given = {one["ParameterKey"] for one in says["Parameters"]}
    assert given == {"RoleRegion", "Principal", "Bus"}
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    monkeypatch.setenv("MOTO_ACCOUNT_ID", PROD)
    with mock_aws():
        makes = boto3.client("cloudformation", REGIONS[0])
        body, named = made(CONFIG).texts["member.yaml"], says["StackSetName"]
        makes.create_stack_set(StackSetName=named, TemplateBody=body, Capabilities=says["Capabilities"])
        makes.create_stack_instances(StackSetName=named, Accounts=[PROD, DEV], Regions=REGIONS)
        yield makes


def test_each_account_has_one_role_and_each_region_its_rules(
    brought: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = brought.list_stack_instances(StackSetName="toban-member")["Summaries"]
    assert {(one["Account"], one["Region"]) for one in found} == {
        (a, r) for a in (PROD, DEV) for r in REGIONS
    }
    for account in (PROD, DEV):
        monkeypatch.setenv("MOTO_ACCOUNT_ID", account)
        assert roles() == {"toban", "toban-events"}
        assert {region: rules(region) for region in REGIONS} == dict.fromkeys(REGIONS, 5)


def test_only_home_may_read_the_queue(brought: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = policies(settings(CONFIG), Wish()).documents
    for name, account in (("prod", PROD), ("dev", DEV)):
        monkeypatch.setenv("MOTO_ACCOUNT_ID", account)
        own = [
            one
            for key, each in wanted.items()
            if key.startswith(f"toban-{name}")
            for one in each["Statement"]
        ]
        assert sorted(map(text, allowed())) == sorted(map(text, own))


def roles() -> set[str]:
    return {one["RoleName"] for one in boto3.client("iam", REGIONS[0]).list_roles()["Roles"]}


def rules(region: str) -> int:
    return len(boto3.client("events", region).list_rules()["Rules"])


def allowed() -> list[Any]:
    iam: Any = boto3.client("iam", REGIONS[0])
    attached = iam.list_attached_role_policies(RoleName="toban")["AttachedPolicies"]
    found = [iam.get_policy_version(PolicyArn=one["PolicyArn"], VersionId="v1") for one in attached]
    return [statement for one in found for statement in one["PolicyVersion"]["Document"]["Statement"]]


def text(statement: Any) -> str:
    return json.dumps(statement, sort_keys=True)
