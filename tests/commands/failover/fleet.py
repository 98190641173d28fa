"""Instances to break: a group of web servers behind a balancer, and what stands beside it."""

from typing import Any

from tests.commands.desk import DEV_ID, TOKYO, Desk

CHAOS = {"Key": "toban:chaos", "Value": "allowed"}


def group(desk: Desk, count: int = 3, name: str = "web", *, chaos: bool = True) -> tuple[str, ...]:
    """A group of so many that serve; their ids."""
    client = desk.local.client("autoscaling", account=DEV_ID, region=TOKYO)
    client.create_launch_configuration(
        LaunchConfigurationName=name, ImageId="ami-12c6146b", InstanceType="t3.micro"
    )
    marks = [{"Key": "Name", "Value": name}, *([CHAOS] if chaos else [])]
    client.create_auto_scaling_group(
        AutoScalingGroupName=name,
        LaunchConfigurationName=name,
        MinSize=0,
        MaxSize=9,
        DesiredCapacity=count,
        AvailabilityZones=[f"{TOKYO}a"],
        Tags=[{**one, "PropagateAtLaunch": True} for one in marks],
    )
    return members(desk, name)


def members(desk: Desk, name: str = "web") -> tuple[str, ...]:
    """The ids of a group's instances, in their order."""
    client = desk.local.client("autoscaling", account=DEV_ID, region=TOKYO)
    (found,) = client.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]
    return tuple(sorted(one["InstanceId"] for one in found["Instances"]))


def behind_a_balancer(desk: Desk, *ids: str) -> str:
    """A target group that sends to these; its ARN."""
    elbv2 = desk.local.client("elbv2", account=DEV_ID, region=TOKYO)
    group = elbv2.create_target_group(Name="front", Protocol="HTTP", Port=80, VpcId=vpc_of(desk, ids[0]))
    arn = str(group["TargetGroups"][0]["TargetGroupArn"])
    elbv2.register_targets(TargetGroupArn=arn, Targets=[{"Id": one} for one in ids])
    return arn


def shown(desk: Desk, id_: str) -> Any:
    """An instance as EC2 shows it."""
    (found,) = desk.ec2().describe_instances(InstanceIds=[id_])["Reservations"]
    return found["Instances"][0]


def vpc_of(desk: Desk, id_: str) -> str:
    """The VPC of an instance."""
    return str(shown(desk, id_)["VpcId"])


def state(desk: Desk, id_: str) -> str:
    """The state of an instance."""
    return str(shown(desk, id_)["State"]["Name"])
