"""What stories of two regions begin with: a name, its records, and a load balancer with targets in each."""

from collections.abc import Mapping
from typing import Any

from playground.aws.server import LocalAws
from tests.scenarios.conftest import ACCOUNT, TOKYO

OREGON = "us-west-2"
NAME = "shop.example.com"
HOME, AWAY = "A tokyo", "A oregon"
TAGS = [{"Key": "toban:chaos", "Value": "allowed"}]


def route53(aws: LocalAws) -> Any:
    """Somebody's own hand."""
    return aws.client("route53", account=ACCOUNT, region="us-east-1")


def a_zone(aws: LocalAws, name: str = "example.com", *, private: bool = False) -> str:
    """A hosted zone that may be tested; its id."""
    config = {"PrivateZone": private}
    vpc = {"VPC": {"VPCRegion": TOKYO, "VPCId": "vpc-1"}} if private else {}
    made = route53(aws).create_hosted_zone(
        Name=name, CallerReference=f"{name}/{private}", HostedZoneConfig=config, **vpc
    )
    zone = str(made["HostedZone"]["Id"].rpartition("/")[2])
    route53(aws).change_tags_for_resource(ResourceType="hostedzone", ResourceId=zone, AddTags=TAGS)
    return zone


def a_check(aws: LocalAws) -> str:
    """A health check; its id."""
    config = {"Type": "HTTPS", "FullyQualifiedDomainName": NAME}
    reference = f"check-{len(route53(aws).list_health_checks()['HealthChecks'])}"
    made = route53(aws).create_health_check(CallerReference=reference, HealthCheckConfig=config)
    return str(made["HealthCheck"]["Id"])


def a_fleet(aws: LocalAws, region: str, count: int = 2, *, largest: int = 4) -> str:
    """A load balancer with a group of so many instances behind it; its DNS name."""
    ec2, elbv2 = (aws.client(each, account=ACCOUNT, region=region) for each in ("ec2", "elbv2"))
    subnets = ec2.describe_subnets()["Subnets"][:2]
    ids = [one["SubnetId"] for one in subnets]
    made = elbv2.create_load_balancer(Name="web", Subnets=ids)["LoadBalancers"][0]
    group = elbv2.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=subnets[0]["VpcId"])
    arn = group["TargetGroups"][0]["TargetGroupArn"]
    action = [{"Type": "forward", "TargetGroupArn": arn}]
    elbv2.create_listener(
        LoadBalancerArn=made["LoadBalancerArn"], Protocol="HTTP", Port=80, DefaultActions=action
    )
    autoscaling = aws.client("autoscaling", account=ACCOUNT, region=region)
    autoscaling.create_launch_configuration(
        LaunchConfigurationName="web", ImageId="ami-12c6146b", InstanceType="m5.large"
    )
    autoscaling.create_auto_scaling_group(
        AutoScalingGroupName="web",
        LaunchConfigurationName="web",
        MinSize=0,
        MaxSize=largest,
        DesiredCapacity=count,
        VPCZoneIdentifier=",".join(ids),
        TargetGroupARNs=[arn],
    )
    return str(made["DNSName"])


def an_alias(to: str, **more: Any) -> dict[str, Any]:
    """A record that leads to a load balancer."""
    target = {"HostedZoneId": "Z14GRHDCWA56QT", "DNSName": f"dualstack.{to}.", "EvaluateTargetHealth": True}
    return {"Name": NAME, "Type": "A", "AliasTarget": target, **more}


def an_address(address: str = "192.0.2.1", **more: Any) -> dict[str, Any]:
    """A record with an address."""
    return {"Name": NAME, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": address}], **more}


def put(aws: LocalAws, zone: str, *records: Mapping[str, Any]) -> None:
    """Let there be these records."""
    changes = [{"Action": "UPSERT", "ResourceRecordSet": one} for one in records]
    route53(aws).change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})


def two_addresses(aws: LocalAws, home: int = 1, away: int = 0) -> str:
    """A name of two weighted addresses; the zone's id."""
    zone = a_zone(aws)
    put(
        aws,
        zone,
        an_address(SetIdentifier="tokyo", Weight=home),
        an_address("198.51.100.1", SetIdentifier="oregon", Weight=away),
    )
    return zone


def two_regions(aws: LocalAws, here: int = 2, there: int = 2, *, largest: int = 4) -> str:
    """A name of two weighted aliases, with a fleet behind each; the zone's id."""
    zone = a_zone(aws)
    home = an_alias(a_fleet(aws, TOKYO, here), SetIdentifier="tokyo", Weight=255)
    away = an_alias(a_fleet(aws, OREGON, there, largest=largest), SetIdentifier="oregon", Weight=0)
    put(aws, zone, home, away)
    return zone


def a_pair(aws: LocalAws) -> str:
    """A name that fails over, with a health check for each side; the zone's id."""
    zone = a_zone(aws)
    home = an_address(SetIdentifier="tokyo", Failover="PRIMARY", HealthCheckId=a_check(aws))
    away = an_address(
        "198.51.100.1", SetIdentifier="oregon", Failover="SECONDARY", HealthCheckId=a_check(aws)
    )
    put(aws, zone, home, away)
    return zone


def records(aws: LocalAws, zone: str) -> dict[str, Mapping[str, Any]]:
    """Every record of the name, whole, by type and identifier."""
    found = route53(aws).list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    return {
        f"{one['Type']} {one.get('SetIdentifier', '')}": one
        for one in found
        if one["Name"].rstrip(".") == NAME
    }


def weights(aws: LocalAws, zone: str) -> dict[str, Any]:
    """The weight or the role of each record."""
    return {name: one.get("Weight", one.get("Failover")) for name, one in records(aws, zone).items()}
