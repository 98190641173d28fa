"""A group whose instance is terminated launches another, in the zone with the fewest."""

from typing import Any

import pytest

from playground.aws.fleet import PRODUCTION, TOKYO, VIRGINIA
from playground.aws.planting_shop import plant_shop
from playground.aws.server import LocalAws
from playground.aws.shop_plan import DATABASE, NAME, SHOP, TAGS, WEB


@pytest.fixture
def shop(aws: LocalAws) -> LocalAws:
    plant_shop(aws)
    return aws


def members(aws: LocalAws) -> dict[str, str]:
    """The group's instances and their zones."""
    reply = aws.client("autoscaling", account=PRODUCTION).describe_auto_scaling_groups(
        AutoScalingGroupNames=[WEB]
    )
    (group,) = reply["AutoScalingGroups"]
    return {one["InstanceId"]: one["AvailabilityZone"] for one in group["Instances"]}


def targets(aws: LocalAws) -> set[str]:
    balancing = aws.client("elbv2", account=PRODUCTION)
    (group,) = balancing.describe_target_groups(Names=[WEB])["TargetGroups"]
    found = balancing.describe_target_health(TargetGroupArn=group["TargetGroupArn"])
    return {one["Target"]["Id"] for one in found["TargetHealthDescriptions"]}


def terminate(aws: LocalAws, key: str) -> None:
    aws.client("ec2", account=PRODUCTION).terminate_instances(InstanceIds=[key])


def test_the_shop_stands_in_every_zone_and_may_be_broken(shop: LocalAws) -> None:
    assert sorted(members(shop).values()) == [f"{TOKYO}a", f"{TOKYO}a", f"{TOKYO}c", f"{TOKYO}d"]
    ec2 = shop.client("ec2", account=PRODUCTION)
    wanted: Any = [{"Name": "tag:toban:chaos", "Values": ["allowed"]}]
    assert len(ec2.describe_subnets(Filters=wanted)["Subnets"]) == 6
    assert [one["CidrBlock"] for one in ec2.describe_vpcs(Filters=wanted)["Vpcs"]] == ["10.8.0.0/16"]
    assert {one["Size"] for one in ec2.describe_volumes(Filters=wanted)["Volumes"]} == {8}
    for region in (TOKYO, VIRGINIA):
        (database,) = shop.client("rds", account=PRODUCTION, region=region).describe_db_instances()[
            "DBInstances"
        ]
        assert (database["DBInstanceIdentifier"], database["MultiAZ"]) == (DATABASE, True)
        assert database["AvailabilityZone"] == f"{region}a"
        assert TAGS.items() <= {one["Key"]: one["Value"] for one in database["TagList"]}.items()


def test_the_shops_cache_has_its_primary_where_the_databases_is(shop: LocalAws) -> None:
    cache = shop.client("elasticache", account=PRODUCTION)
    (group,) = cache.describe_replication_groups()["ReplicationGroups"]
    (shard,) = group["NodeGroups"]
    zones = {one["CurrentRole"]: one["PreferredAvailabilityZone"] for one in shard["NodeGroupMembers"]}
    assert zones == {"primary": f"{TOKYO}a", "replica": f"{TOKYO}c"}
    (node,) = cache.describe_cache_clusters(CacheClusterId=shard["NodeGroupMembers"][0]["CacheClusterId"])[
        "CacheClusters"
    ]
    (subnets,) = cache.describe_cache_subnet_groups(CacheSubnetGroupName=node["CacheSubnetGroupName"])[
        "CacheSubnetGroups"
    ]
    (network,) = shop.client("ec2", account=PRODUCTION).describe_vpcs(
        Filters=[{"Name": "tag:Name", "Values": [SHOP]}]
    )["Vpcs"]
    assert subnets["VpcId"] == network["VpcId"]


def test_one_name_leads_to_both_places_all_of_it_to_tokyo(shop: LocalAws) -> None:
    route53 = shop.client("route53", account=PRODUCTION)
    (zone,) = route53.list_hosted_zones()["HostedZones"]
    rows = route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]
    weights = {row["SetIdentifier"]: (row["Weight"], row["TTL"]) for row in rows if row["Name"] == NAME}
    assert weights == {"tokyo": (100, 60), "virginia": (0, 60)}
    names = {
        one["DNSName"]
        for region in (TOKYO, VIRGINIA)
        for one in shop.client("elbv2", account=PRODUCTION, region=region).describe_load_balancers(
            Names=[SHOP]
        )["LoadBalancers"]
    }
    assert {row["ResourceRecords"][0]["Value"] for row in rows if row["Name"] == NAME} == names


def test_a_terminated_instance_is_replaced_in_the_zone_that_lacks_it(shop: LocalAws) -> None:
    before = members(shop)
    lost = next(key for key, zone in before.items() if zone == f"{TOKYO}c")
    terminate(shop, lost)
    after = members(shop)
    (new,) = set(after) - set(before)
    assert after[new] == f"{TOKYO}c"
    assert targets(shop) == set(after)
    done = shop.control.times.groups.of((PRODUCTION, TOKYO, WEB))
    assert [one.what for one in done] == [f"Launching a new EC2 instance: {new}"]


def test_no_other_zone_than_the_groups_gets_the_replacement(shop: LocalAws) -> None:
    backend = shop.backend("autoscaling", PRODUCTION, TOKYO)
    scaling = shop.client("autoscaling", account=PRODUCTION)
    subnets = backend.autoscaling_groups[WEB].vpc_zone_identifier.split(",")
    scaling.update_auto_scaling_group(AutoScalingGroupName=WEB, VPCZoneIdentifier=",".join(subnets[1:]))
    before = members(shop)
    terminate(shop, next(key for key, zone in before.items() if zone == f"{TOKYO}a"))
    (new,) = set(members(shop)) - set(before)
    assert members(shop)[new] in {f"{TOKYO}c", f"{TOKYO}d"}
    assert backend.autoscaling_groups[WEB].vpc_zone_identifier == ",".join(subnets[1:])


def test_a_group_that_may_not_launch_does_not(shop: LocalAws) -> None:
    scaling = shop.client("autoscaling", account=PRODUCTION)
    scaling.suspend_processes(AutoScalingGroupName=WEB, ScalingProcesses=["Launch"])
    before = members(shop)
    lost = next(iter(before))
    terminate(shop, lost)
    assert set(members(shop)) == set(before) - {lost}


def test_a_group_for_which_there_is_no_machine_says_so(shop: LocalAws) -> None:
    shop.control.starve_group(WEB)
    terminate(shop, next(iter(members(shop))))
    assert len(members(shop)) == 3
    (done,) = shop.control.times.groups.of((PRODUCTION, TOKYO, WEB))
    assert "do not have sufficient t3.small capacity" in done.failure
