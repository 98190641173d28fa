"""What is wasted can be changed and removed as in AWS: modifications, addresses, load balancers."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.playground.aws.conftest import ONCE, PRODUCTION

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

TOKYO = "ap-northeast-1"


def code_of(refused: pytest.ExceptionInfo[ClientError]) -> str:
    return str(refused.value.response["Error"]["Code"])


def test_a_volume_is_modified_once_in_six_hours(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    ec2.modify_volume(VolumeId=volume, VolumeType="gp3", Throughput=128)
    with pytest.raises(ClientError) as refused:
        ec2.modify_volume(VolumeId=volume, VolumeType="gp2")
    assert code_of(refused) == "VolumeModificationRateExceeded"
    kept = aws.backend("ec2", PRODUCTION, TOKYO).volumes[volume].modifications
    kept[-1].start_time -= timedelta(hours=6)
    ec2.modify_volume(VolumeId=volume, VolumeType="gp2")
    wanted: Any = [{"Name": "volume-id", "Values": [volume]}]
    (newest,) = ec2.describe_volumes_modifications(Filters=wanted)["VolumesModifications"]
    assert newest["TargetVolumeType"] == "gp2"


def test_a_modification_can_be_under_way(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    ec2.modify_volume(VolumeId=volume, VolumeType="gp3")
    aws.backend("ec2", PRODUCTION, TOKYO).volumes[volume].modifications[-1].is_now = "modifying"
    (one,) = ec2.describe_volumes_modifications()["VolumesModifications"]
    assert (one["ModificationState"], one["Progress"]) == ("modifying", 0)
    with pytest.raises(ClientError) as refused:
        ec2.modify_volume(VolumeId=volume, VolumeType="gp2")
    assert code_of(refused) == "IncorrectModificationState"


def test_a_gp3_volume_has_what_is_included(ec2: "EC2Client", volume: str) -> None:
    ec2.modify_volume(VolumeId=volume, VolumeType="gp3", Throughput=250)
    (one,) = ec2.describe_volumes(VolumeIds=[volume])["Volumes"]
    assert (one["VolumeType"], one["Iops"], one["Throughput"]) == ("gp3", 3000, 250)


def test_an_address_in_use_is_not_released(ec2: "EC2Client", instance: str) -> None:
    key = ec2.allocate_address(Domain="vpc")["AllocationId"]
    held = ec2.associate_address(InstanceId=instance, AllocationId=key)["AssociationId"]
    with pytest.raises(ClientError) as refused:
        ec2.release_address(AllocationId=key)
    assert code_of(refused) == "InvalidIPAddress.InUse"
    ec2.disassociate_address(AssociationId=held)
    ec2.release_address(AllocationId=key)
    assert ec2.describe_addresses()["Addresses"] == []


def test_a_protected_load_balancer_stays(aws: LocalAws, ec2: "EC2Client") -> None:
    elbv2 = aws.client("elbv2", account=PRODUCTION, config=ONCE)
    subnets = [one["SubnetId"] for one in ec2.describe_subnets()["Subnets"]]
    (made,) = elbv2.create_load_balancer(Name="web", Subnets=subnets[:2])["LoadBalancers"]
    arn, key = made["LoadBalancerArn"], "deletion_protection.enabled"
    elbv2.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[{"Key": key, "Value": "true"}])
    with pytest.raises(ClientError) as refused:
        elbv2.delete_load_balancer(LoadBalancerArn=arn)
    assert code_of(refused) == "OperationNotPermitted"
    elbv2.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[{"Key": key, "Value": "false"}])
    elbv2.delete_load_balancer(LoadBalancerArn=arn)
    elbv2.delete_load_balancer(LoadBalancerArn=arn)
    assert elbv2.describe_load_balancers()["LoadBalancers"] == []
