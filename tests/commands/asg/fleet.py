"""Auto Scaling groups in the local AWS."""

from typing import Any

from tests.commands.desk import DEV_ID, IMAGE, TOKYO, Desk


def autoscaling(desk: Desk) -> Any:
    """A client of this AWS that is nobody's of toban."""
    return desk.local.client("autoscaling", account=DEV_ID, region=TOKYO)


def add(desk: Desk, name: str, count: int = 2, *, smallest: int = 0, largest: int = 6, **tags: str) -> Any:
    """A group with so many instances, as moto keeps it."""
    client = autoscaling(desk)
    client.create_launch_configuration(
        LaunchConfigurationName=f"{name}-as", ImageId=IMAGE, InstanceType="t3.micro"
    )
    client.create_auto_scaling_group(
        AutoScalingGroupName=name,
        LaunchConfigurationName=f"{name}-as",
        MinSize=smallest,
        MaxSize=largest,
        DesiredCapacity=count,
        AvailabilityZones=[f"{TOKYO}a"],
        Tags=[
            {"Key": key, "Value": value, "ResourceId": name, "ResourceType": "auto-scaling-group"}
            for key, value in tags.items()
        ],
    )
    return backend(desk).autoscaling_groups[name]


def backend(desk: Desk) -> Any:
    """moto's state."""
    return desk.local.backend("autoscaling", DEV_ID, TOKYO)


def sizes(desk: Desk, name: str) -> tuple[int, int, int, int]:
    """Members, desired, least and most."""
    (one,) = autoscaling(desk).describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]
    return len(one["Instances"]), one["DesiredCapacity"], one["MinSize"], one["MaxSize"]
