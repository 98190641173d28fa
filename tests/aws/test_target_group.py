"""Who is registered with which target group."""

from typing import TYPE_CHECKING

import boto3

from aws import target_group
from aws.account import Accounts
from tests.aws.conftest import PLACE
from tests.aws.test_instance import run

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def group(vpc: str, name: str, *ids: str) -> str:
    elbv2 = boto3.client("elbv2", region_name=PLACE.region)
    made = elbv2.create_target_group(Name=name, Protocol="HTTP", Port=80, VpcId=vpc)
    arn = made["TargetGroups"][0]["TargetGroupArn"]
    if ids:
        elbv2.register_targets(TargetGroupArn=arn, Targets=[{"Id": one} for one in ids])
    return arn


def test_an_instance_is_found_in_every_group_of_its_vpc(
    ec2: "EC2Client", accounts: Accounts, image: str
) -> None:
    web, db = run(ec2, image), run(ec2, image)
    vpc = ec2.describe_instances(InstanceIds=[web])["Reservations"][0]["Instances"][0]["VpcId"]
    first, second = group(vpc, "api", web), group(vpc, "web", web)
    group(vpc, "empty")
    found = target_group.groups_of(accounts.elbv2(PLACE), {web, db}, {vpc})
    assert {id_: {one.arn for one in groups} for id_, groups in found.items()} == {web: {first, second}}
    assert target_group.groups_of(accounts.elbv2(PLACE), {web}, {"vpc-of-others"}) == {}
    assert target_group.names_of([first]) == ("api",)


def test_a_targets_health_is_elastic_load_balancings_word(
    ec2: "EC2Client", accounts: Accounts, image: str
) -> None:
    web = run(ec2, image)
    vpc = ec2.describe_instances(InstanceIds=[web])["Reservations"][0]["Instances"][0]["VpcId"]
    (seen,) = target_group.targets(accounts.elbv2(PLACE), group(vpc, "web", web))
    assert (seen.id, seen.state) == (web, "healthy")
