"""Load balancers on the table."""

from typing import Any

from tests.commands.desk import DEV_ID, TOKYO, Desk

REDIRECT = {"Type": "redirect", "RedirectConfig": {"StatusCode": "HTTP_301", "Port": "443"}}


def elbv2(desk: Desk) -> Any:
    """A client of this AWS that is nobody's of toban."""
    return desk.local.client("elbv2", account=DEV_ID, region=TOKYO)


def balancer(desk: Desk, name: str, kind: str = "application", **tags: str) -> str:
    """A load balancer without listeners; its ARN."""
    subnets = [one["SubnetId"] for one in desk.ec2().describe_subnets()["Subnets"]][:2]
    listed = [{"Key": key.replace("__", ":"), "Value": value} for key, value in tags.items()]
    more: dict[str, Any] = {"Tags": listed} if listed else {}
    made = elbv2(desk).create_load_balancer(Name=name, Subnets=subnets, Type=kind, **more)
    return str(made["LoadBalancers"][0]["LoadBalancerArn"])


def group(desk: Desk, name: str, *ids: str, protocol: str = "HTTP") -> str:
    """A target group with these instances in it; its ARN."""
    vpc = desk.ec2().describe_vpcs()["Vpcs"][0]["VpcId"]
    made = elbv2(desk).create_target_group(Name=name, Protocol=protocol, Port=80, VpcId=vpc)
    arn = str(made["TargetGroups"][0]["TargetGroupArn"])
    if ids:
        elbv2(desk).register_targets(TargetGroupArn=arn, Targets=[{"Id": one} for one in ids])
    return arn


def send(desk: Desk, arn: str, *groups: str, port: int = 80, protocol: str = "HTTP") -> None:
    """A listener that sends to the first group; without any it redirects."""
    actions: list[Any] = [{"Type": "forward", "TargetGroupArn": one} for one in groups] or [REDIRECT]
    elbv2(desk).create_listener(LoadBalancerArn=arn, Protocol=protocol, Port=port, DefaultActions=actions[:1])


def protect(desk: Desk, arn: str) -> None:
    """Switch its deletion protection on."""
    on = [{"Key": "deletion_protection.enabled", "Value": "true"}]
    elbv2(desk).modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=on)


def names(desk: Desk) -> set[str]:
    """The load balancers there are."""
    return {one["LoadBalancerName"] for one in elbv2(desk).describe_load_balancers()["LoadBalancers"]}
