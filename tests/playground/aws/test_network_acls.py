"""Network ACLs of the local AWS, where moto is too kind or too rash."""

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.playground.aws.conftest import ONCE, PRODUCTION

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


@pytest.fixture
def vpc(ec2: "EC2Client") -> str:
    return ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]


@pytest.fixture
def subnet(ec2: "EC2Client", vpc: str) -> str:
    return ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]


def held(ec2: "EC2Client", subnet: str) -> tuple[str, str]:
    """The ACL of a subnet, and its association."""
    (acl,) = ec2.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [subnet]}])[
        "NetworkAcls"
    ]
    (one,) = (each for each in acl["Associations"] if each["SubnetId"] == subnet)
    return acl["NetworkAclId"], one["NetworkAclAssociationId"]


def acl(ec2: "EC2Client", vpc: str, token: str = "") -> str:
    return ec2.create_network_acl(VpcId=vpc, ClientToken=token)["NetworkAcl"]["NetworkAclId"]


def code(error: pytest.ExceptionInfo[ClientError]) -> str:
    return error.value.response["Error"]["Code"]


def test_a_new_acl_denies_everything_both_ways(ec2: "EC2Client", vpc: str) -> None:
    (made,) = ec2.describe_network_acls(NetworkAclIds=[acl(ec2, vpc)])["NetworkAcls"]
    assert sorted((one["Egress"], one["RuleAction"]) for one in made["Entries"]) == [
        (False, "deny"),
        (True, "deny"),
    ]


def test_the_same_token_makes_no_second_one(ec2: "EC2Client", vpc: str) -> None:
    assert acl(ec2, vpc, "t-1") == acl(ec2, vpc, "t-1") != acl(ec2, vpc, "t-2")


def test_a_replaced_association_has_a_new_id_and_the_old_one_is_nobodys(
    ec2: "EC2Client", vpc: str, subnet: str
) -> None:
    (before, old), other = held(ec2, subnet), acl(ec2, vpc)
    new = ec2.replace_network_acl_association(AssociationId=old, NetworkAclId=other)["NewAssociationId"]
    assert held(ec2, subnet) == (other, new)
    with pytest.raises(ClientError) as refused:
        ec2.replace_network_acl_association(AssociationId=old, NetworkAclId=before)
    assert code(refused) == "InvalidAssociationID.NotFound"


def test_an_acl_that_is_not_there_takes_no_subnet_from_its_own(ec2: "EC2Client", subnet: str) -> None:
    before = held(ec2, subnet)
    with pytest.raises(ClientError) as refused:
        ec2.replace_network_acl_association(AssociationId=before[1], NetworkAclId="acl-00000000")
    assert (code(refused), held(ec2, subnet)) == ("InvalidNetworkAclID.NotFound", before)


def test_one_that_holds_for_a_subnet_or_is_the_default_is_not_deleted(
    ec2: "EC2Client", vpc: str, subnet: str
) -> None:
    default, association = held(ec2, subnet)
    other = acl(ec2, vpc)
    ec2.replace_network_acl_association(AssociationId=association, NetworkAclId=other)
    with pytest.raises(ClientError) as refused:
        ec2.delete_network_acl(NetworkAclId=other)
    assert code(refused) == "DependencyViolation"
    with pytest.raises(ClientError) as refused:
        ec2.delete_network_acl(NetworkAclId=default)
    assert code(refused) == "InvalidParameterValue"


def test_acls_are_found_by_any_of_their_subnets(ec2: "EC2Client", vpc: str, subnet: str) -> None:
    second = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    other = acl(ec2, vpc)
    ec2.replace_network_acl_association(AssociationId=held(ec2, subnet)[1], NetworkAclId=other)
    wanted = [{"Name": "association.subnet-id", "Values": [subnet, second]}]
    assert len(ec2.describe_network_acls(Filters=wanted)["NetworkAcls"]) == 2  # type: ignore[arg-type]  # a list of literals


def test_a_dry_run_changes_nothing(ec2: "EC2Client", vpc: str, subnet: str) -> None:
    before, other = held(ec2, subnet), acl(ec2, vpc)
    with pytest.raises(ClientError) as refused:
        ec2.create_network_acl(VpcId=vpc, DryRun=True)
    assert code(refused) == "DryRunOperation"
    with pytest.raises(ClientError):
        ec2.replace_network_acl_association(AssociationId=before[1], NetworkAclId=other, DryRun=True)
    with pytest.raises(ClientError):
        ec2.delete_network_acl(NetworkAclId=other, DryRun=True)
    assert held(ec2, subnet) == before


def test_a_group_keeps_what_its_update_does_not_name(aws: LocalAws, ec2: "EC2Client") -> None:
    scaling = aws.client("autoscaling", account=PRODUCTION, config=ONCE)
    template = ec2.create_launch_template(
        LaunchTemplateName="web", LaunchTemplateData={"ImageId": "ami-12345678", "InstanceType": "t3.micro"}
    )["LaunchTemplate"]["LaunchTemplateId"]
    first, second = (one["SubnetId"] for one in ec2.describe_subnets()["Subnets"][:2])
    of = {"LaunchTemplate": {"LaunchTemplateSpecification": {"LaunchTemplateId": template}}}
    scaling.create_auto_scaling_group(
        AutoScalingGroupName="web", MixedInstancesPolicy=of, MinSize=0, MaxSize=1,
        VPCZoneIdentifier=f"{first},{second}",
    )  # fmt: skip
    scaling.suspend_processes(AutoScalingGroupName="web", ScalingProcesses=["AZRebalance"])
    (before,) = scaling.describe_auto_scaling_groups()["AutoScalingGroups"]
    for subnets in (second, f"{first},{second}"):
        scaling.update_auto_scaling_group(AutoScalingGroupName="web", VPCZoneIdentifier=subnets)
    (after,) = scaling.describe_auto_scaling_groups()["AutoScalingGroups"]
    assert after == before
