"""What stories of what nobody uses begin with, and what there is of it afterwards."""

from playground.aws.server import LocalAws
from tests.scenarios.conftest import ACCOUNT, TOKYO

CHANGES = ("DeleteVolume", "ModifyVolume", "ReleaseAddress", "DeleteLoadBalancer")


def a_loose_volume(aws: LocalAws) -> str:
    """A volume that is attached to nothing; its id."""
    ec2 = aws.client("ec2", account=ACCOUNT, region=TOKYO)
    made = ec2.create_volume(AvailabilityZone=f"{TOKYO}a", Size=500, VolumeType="gp2")
    return str(made["VolumeId"])


def a_free_address(aws: LocalAws) -> str:
    """An address that belongs to nothing; the id of its allocation."""
    made = aws.client("ec2", account=ACCOUNT, region=TOKYO).allocate_address(Domain="vpc")
    return str(made["AllocationId"])


def an_idle_balancer(aws: LocalAws) -> str:
    """A load balancer whose only target group is empty; its name."""
    ec2 = aws.client("ec2", account=ACCOUNT, region=TOKYO)
    elbv2 = aws.client("elbv2", account=ACCOUNT, region=TOKYO)
    subnets = ec2.describe_subnets()["Subnets"]
    (made,) = elbv2.create_load_balancer(Name="old", Subnets=[one["SubnetId"] for one in subnets[:2]])[
        "LoadBalancers"
    ]
    (group,) = elbv2.create_target_group(Name="old", Protocol="HTTP", Port=80, VpcId=subnets[0]["VpcId"])[
        "TargetGroups"
    ]
    elbv2.create_listener(
        LoadBalancerArn=made["LoadBalancerArn"],
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": group["TargetGroupArn"]}],
    )
    return "old"


def there(aws: LocalAws) -> dict[str, object]:
    """Types of volumes and how often they were modified, addresses and load balancers, by moto's state."""
    backend = aws.backend("ec2", ACCOUNT, TOKYO)
    return {
        "types": sorted(
            (one.volume_type, str(one.throughput), len(one.modifications)) for one in backend.volumes.values()
        ),
        "addresses": len(backend.addresses),
        "balancers": sorted(one.name for one in aws.backend("elbv2", ACCOUNT, TOKYO).load_balancers.values()),
    }
