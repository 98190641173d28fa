"""What people do to the shop, by AWS's own calls."""

from typing import Any

from playground.aws.fleet import PRODUCTION, TOKYO
from playground.aws.server import LocalAws
from playground.aws.shop_plan import DATABASE, NAME, SHOP, WEB


def subnets(aws: LocalAws, zone: str, tier: str = "*") -> tuple[str, ...]:
    """The shop's subnets of a zone: web, db or both."""
    wanted: Any = [
        {"Name": "tag:Name", "Values": [f"{SHOP}-{tier}-?"]},
        {"Name": "availability-zone", "Values": [zone]},
    ]
    found = aws.client("ec2", account=PRODUCTION).describe_subnets(Filters=wanted)["Subnets"]
    return tuple(one["SubnetId"] for one in found)


def associate(aws: LocalAws, chosen: tuple[str, ...], acl: str) -> str:
    """Give these subnets another network ACL; returns the one they had."""
    ec2 = aws.client("ec2", account=PRODUCTION)
    wanted: Any = [{"Name": "association.subnet-id", "Values": list(chosen)}]
    before = ""
    for row in ec2.describe_network_acls(Filters=wanted)["NetworkAcls"]:
        before = row["NetworkAclId"]
        for held in row["Associations"]:
            if held["SubnetId"] in chosen:
                ec2.replace_network_acl_association(
                    AssociationId=held["NetworkAclAssociationId"], NetworkAclId=acl
                )
    return before


def deny_all(aws: LocalAws) -> str:
    """Make a network ACL that lets nothing through: a new one is so ("Custom network ACLs")."""
    ec2 = aws.client("ec2", account=PRODUCTION)
    (network,) = ec2.describe_vpcs(Filters=[{"Name": "tag:Name", "Values": [SHOP]}])["Vpcs"]
    return str(ec2.create_network_acl(VpcId=network["VpcId"])["NetworkAcl"]["NetworkAclId"])


def members(aws: LocalAws) -> dict[str, str]:
    """The zones of the group's instances, by id."""
    scaling = aws.client("autoscaling", account=PRODUCTION)
    (group,) = scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[WEB])["AutoScalingGroups"]
    return {one["InstanceId"]: one["AvailabilityZone"] for one in group["Instances"]}


def health(aws: LocalAws) -> dict[str, tuple[str, str]]:
    """State and reason of the targets, as DescribeTargetHealth shows them."""
    balancing = aws.client("elbv2", account=PRODUCTION)
    (group,) = balancing.describe_target_groups(Names=[WEB])["TargetGroups"]
    found = balancing.describe_target_health(TargetGroupArn=group["TargetGroupArn"])
    return {
        one["Target"]["Id"]: (one["TargetHealth"]["State"], one["TargetHealth"].get("Reason", ""))
        for one in found["TargetHealthDescriptions"]
    }


def weigh(aws: LocalAws, **weights: int) -> None:
    """Change the weights of the records, by their identifiers."""
    route53 = aws.client("route53", account=PRODUCTION)
    (zone,) = route53.list_hosted_zones()["HostedZones"]
    rows = route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]
    changes: Any = [
        {"Action": "UPSERT", "ResourceRecordSet": row | {"Weight": weights[row["SetIdentifier"]]}}
        for row in rows
        if row["Name"] == NAME
    ]
    route53.change_resource_record_sets(HostedZoneId=zone["Id"], ChangeBatch={"Changes": changes})


def fail_over(aws: LocalAws) -> None:
    """Reboot the database with failover."""
    rds = aws.client("rds", account=PRODUCTION, region=TOKYO)
    rds.reboot_db_instance(DBInstanceIdentifier=DATABASE, ForceFailover=True)
