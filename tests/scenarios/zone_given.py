"""A VPC to fail a zone of: subnets under several ACLs, groups, a balancer; and all of it, by its fields."""

from typing import Any

from playground.aws.server import LocalAws
from playground.aws.zonal_shift_calls import OPTED_IN
from tests.scenarios.conftest import ACCOUNT, TOKYO

ZONE, OTHER = f"{TOKYO}a", f"{TOKYO}c"
TAGS = {"env": "dev", "toban:chaos": "allowed"}


def given(aws: LocalAws) -> str:
    """Two subnets in the zone, under ACLs of their own, and one in another; returns the VPC's id."""
    ec2 = aws.client("ec2", account=ACCOUNT, region=TOKYO)
    vpc = str(ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"])
    first, second, third = (
        _subnet(ec2, vpc, f"10.0.{n}.0/24", zone) for n, zone in enumerate((ZONE, ZONE, OTHER))
    )
    own = ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]
    ec2.create_tags(Resources=[own], Tags=_tags())
    (acl,) = _acls_of(ec2, first)
    (association,) = (one for one in acl["Associations"] if one["SubnetId"] == first)
    ec2.replace_network_acl_association(
        AssociationId=association["NetworkAclAssociationId"], NetworkAclId=own
    )
    _groups(aws, first, second, third)
    _balancer(aws, second, third)
    return vpc


def _subnet(ec2: Any, vpc: str, cidr: str, zone: str) -> str:
    tags = [{"ResourceType": "subnet", "Tags": _tags()}]
    made = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, AvailabilityZone=zone, TagSpecifications=tags)
    return str(made["Subnet"]["SubnetId"])


def _tags() -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in TAGS.items()]


def _acls_of(ec2: Any, subnet: str) -> Any:
    return ec2.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [subnet]}])[
        "NetworkAcls"
    ]


def _groups(aws: LocalAws, first: str, second: str, third: str) -> None:
    """One that moves instances between zones, and one that somebody has suspended that of."""
    scaling = aws.client("autoscaling", account=ACCOUNT, region=TOKYO)
    scaling.create_launch_configuration(
        LaunchConfigurationName="web", ImageId="ami-12c6146b", InstanceType="t3.micro"
    )
    of_tags = [{**one, "PropagateAtLaunch": True} for one in _tags()]
    for name, subnets in {"web": (third, first, second), "api": (second, third)}.items():
        scaling.create_auto_scaling_group(
            AutoScalingGroupName=name,
            LaunchConfigurationName="web",
            MinSize=0,
            MaxSize=4,
            DesiredCapacity=1,
            VPCZoneIdentifier=",".join(subnets),
            Tags=of_tags,
        )
    scaling.suspend_processes(AutoScalingGroupName="web", ScalingProcesses=["AlarmNotification"])
    scaling.suspend_processes(AutoScalingGroupName="api", ScalingProcesses=["AZRebalance", "Launch"])


def _balancer(aws: LocalAws, *subnets: str) -> None:
    elbv2 = aws.client("elbv2", account=ACCOUNT, region=TOKYO)
    made = elbv2.create_load_balancer(Name="web", Subnets=list(subnets), Tags=_tags())
    arn = made["LoadBalancers"][0]["LoadBalancerArn"]
    wanted = [{"Key": OPTED_IN, "Value": "true"}]
    elbv2.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=wanted)


def there(aws: LocalAws) -> dict[str, object]:
    """ACLs and whose they are, groups, active shifts: each field, by moto's own state."""
    acls = aws.backend("ec2", ACCOUNT, TOKYO).network_acls.values()
    groups = aws.backend("autoscaling", ACCOUNT, TOKYO).autoscaling_groups.values()
    return {
        "acl of": {each.subnet_id: one.id for one in acls for each in one.associations},
        "acls": {one.id: (one.vpc_id, one.default, _rules(one), _sorted(one.get_tags())) for one in acls},
        "groups": {one.name: _group(one) for one in groups},
        "shifts": [one.arn for one in aws.control.times.zonal_shifts.active((ACCOUNT, TOKYO))],
    }


def _rules(acl: Any) -> list[str]:
    return sorted(str(sorted(vars(one).items(), key=str)[1:]) for one in acl.entries)


def _sorted(tags: Any) -> list[str]:
    return sorted(map(str, tags))


def _group(one: Any) -> dict[str, object]:
    suspended = sorted(each["ProcessName"] for each in one.suspended_processes)
    known = {name: value for name, value in vars(one).items() if isinstance(value, str | int | bool)}
    return {**known, "suspended": suspended, "zones": sorted(one.availability_zones), "tags": one.tags}


def is_broken(aws: LocalAws, vpc: str) -> bool:
    """Whether both subnets are under an ACL that a drill made, the groups narrow, the balancer shifted."""
    now: Any = there(aws)
    drills = {id_ for id_, (_, _, _, tags) in now["acls"].items() if "toban:operation" in str(tags)}
    cut = [subnet for subnet, acl in now["acl of"].items() if acl in drills]
    narrow = all("," not in one["vpc_zone_identifier"] for one in now["groups"].values())
    still = all("AZRebalance" in one["suspended"] for one in now["groups"].values())
    return len(cut) == 2 and narrow and still and len(now["shifts"]) == 1
