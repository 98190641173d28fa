"""Instances that are to be isolated, and what their network interfaces let through."""

from typing import Any

from tests.commands.desk import IMAGE, Desk


def group(desk: Desk, name: str) -> str:
    """A security group of the default VPC."""
    (vpc,) = desk.ec2().describe_vpcs()["Vpcs"]
    made = desk.ec2().create_security_group(GroupName=name, Description=name, VpcId=vpc["VpcId"])
    return str(made["GroupId"])


def machine(desk: Desk, *groups: str, **tags: str) -> str:
    """An instance that runs with these security groups."""
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    made = desk.ec2().run_instances(
        ImageId=IMAGE,
        MinCount=1,
        MaxCount=1,
        SecurityGroupIds=list(groups),
        TagSpecifications=[{"ResourceType": "instance", "Tags": listed}] if listed else [],
    )
    return str(made["Instances"][0]["InstanceId"])


def interfaces(desk: Desk, instance: str) -> dict[str, set[str]]:
    """The security groups of each of its interfaces."""
    wanted = [{"Name": "attachment.instance-id", "Values": [instance]}]
    found = desk.ec2().describe_network_interfaces(Filters=wanted)["NetworkInterfaces"]
    return {one["NetworkInterfaceId"]: {each["GroupId"] for each in one["Groups"]} for one in found}


def another_interface(desk: Desk, instance: str, *groups: str) -> str:
    """One more interface of an instance."""
    (shown,) = desk.ec2().describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"]
    made = desk.ec2().create_network_interface(SubnetId=shown["SubnetId"], Groups=list(groups))
    id_ = str(made["NetworkInterface"]["NetworkInterfaceId"])
    desk.ec2().attach_network_interface(NetworkInterfaceId=id_, InstanceId=instance, DeviceIndex=1)
    return id_


def closing(desk: Desk) -> list[dict[str, Any]]:
    """The security groups that isolate."""
    wanted = [{"Name": "tag-key", "Values": ["toban:isolation"]}]
    found: list[dict[str, Any]] = desk.ec2().describe_security_groups(Filters=wanted)["SecurityGroups"]
    return found


def tags(desk: Desk, instance: str) -> dict[str, str]:
    """What the tags of an instance say, but those that it began with."""
    wanted = [{"Name": "resource-id", "Values": [instance]}]
    found = desk.ec2().describe_tags(Filters=wanted)["Tags"]
    return {one["Key"]: one["Value"] for one in found if one["Key"].startswith("toban:isolated")}


def rules(one: dict[str, Any]) -> int:
    """How many rules a security group has."""
    return len(one["IpPermissions"]) + len(one["IpPermissionsEgress"])
