"""Load balancers with their tags, and those that answer by themselves."""

from typing import TYPE_CHECKING, Any

import boto3
import pytest

from aws import balancer
from aws.account import Accounts
from tests.aws.conftest import PLACE

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


@pytest.fixture
def subnets(ec2: "EC2Client") -> list[str]:
    return [one["SubnetId"] for one in ec2.describe_subnets()["Subnets"]][:2]


def make(name: str, subnets: list[str]) -> str:
    elbv2 = boto3.client("elbv2", region_name=PLACE.region)
    tags: Any = [{"Key": "name", "Value": name}]
    (made,) = elbv2.create_load_balancer(Name=name, Subnets=subnets, Tags=tags)["LoadBalancers"]
    return str(made["LoadBalancerArn"])


def listen(arn: str, port: int, action: Any) -> str:
    elbv2 = boto3.client("elbv2", region_name=PLACE.region)
    (made,) = elbv2.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=port, DefaultActions=[action])[
        "Listeners"
    ]
    return str(made["ListenerArn"])


def group(ec2: "EC2Client") -> dict[str, Any]:
    vpc = ec2.describe_subnets()["Subnets"][0]["VpcId"]
    elbv2 = boto3.client("elbv2", region_name=PLACE.region)
    (made,) = elbv2.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=vpc)["TargetGroups"]
    return {"Type": "forward", "TargetGroupArn": made["TargetGroupArn"]}


def test_each_has_its_own_tags_also_beyond_twenty(accounts: Accounts, subnets: list[str]) -> None:
    """DescribeTags takes twenty at a time."""
    for n in range(21):
        make(f"web-{n}", subnets)
    found = list(balancer.find(accounts.elbv2(PLACE)))
    assert len(found) == 21
    assert {one.tags["name"] == one.name for one in found} == {True}


def test_one_that_redirects_by_default_or_by_a_rule_answers_by_itself(
    ec2: "EC2Client", accounts: Accounts, subnets: list[str]
) -> None:
    elbv2, forward = accounts.elbv2(PLACE), group(ec2)
    redirect: Any = {"Type": "redirect", "RedirectConfig": {"StatusCode": "HTTP_301", "Port": "443"}}
    by_default, by_rule = make("by-default", subnets), make("by-rule", subnets)
    listen(by_default, 80, redirect)
    listener = listen(by_rule, 80, forward)
    assert balancer.answers_by_itself(elbv2, by_default)
    assert not balancer.answers_by_itself(elbv2, by_rule)
    condition: Any = {"Field": "path-pattern", "Values": ["/old"]}
    boto3.client("elbv2", region_name=PLACE.region).create_rule(
        ListenerArn=listener, Priority=1, Conditions=[condition], Actions=[redirect]
    )
    assert balancer.answers_by_itself(elbv2, by_rule)


def test_what_is_gone_can_be_deleted_again(accounts: Accounts, subnets: list[str]) -> None:
    arn = make("web", subnets)
    elbv2 = accounts.elbv2(PLACE)
    assert not balancer.is_protected(elbv2, arn)
    assert balancer.delete(elbv2, arn)
    assert balancer.delete(elbv2, arn)
    assert list(balancer.find(elbv2)) == []
