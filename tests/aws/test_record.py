"""Records of a name: found in their hosted zone, and exchanged as a whole or not at all."""

from collections.abc import Mapping
from typing import Any

import boto3
import pytest

from aws import hosted_zone, record, route53
from aws.account import Accounts
from aws.record import FAILOVER, PRIMARY, SECONDARY, SIMPLE, WEIGHTED, Record

NAME = "shop.example.com"


@pytest.fixture
def hand(local_aws: str) -> Any:
    """Somebody's own hand."""
    return boto3.client("route53", region_name="us-east-1")


def zone(hand: Any, name: str, *, private: bool = False) -> str:
    made = hand.create_hosted_zone(
        Name=name,
        CallerReference=f"{name}{private}",
        HostedZoneConfig={"PrivateZone": private},
        **({"VPC": {"VPCRegion": "us-east-1", "VPCId": "vpc-1"}} if private else {}),
    )
    return str(made["HostedZone"]["Id"].rpartition("/")[2])


def put(hand: Any, zone_id: str, **raw: Any) -> None:
    one = {"Name": NAME, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}], **raw}
    changes = [{"Action": "CREATE", "ResourceRecordSet": one}]
    hand.change_resource_record_sets(HostedZoneId=zone_id, ChangeBatch={"Changes": changes})


def alias(to: str) -> Mapping[str, Any]:
    return {"HostedZoneId": "Z14GRHDCWA56QT", "DNSName": to, "EvaluateTargetHealth": True}


def test_the_zone_of_a_name_is_the_one_with_the_longest_name_and_a_public_one_first(
    hand: Any, accounts: Accounts
) -> None:
    private, wide = zone(hand, "example.com", private=True), zone(hand, "example.com")
    near = zone(hand, NAME)
    zone(hand, "example.org")
    found = hosted_zone.of_name(route53.client(accounts, "dev"), f"{NAME.upper()}.")
    assert [one.id for one in found] == [near, wide, private]
    assert [one.private for one in found] == [False, False, True]


def test_the_tags_of_a_zone_are_read(hand: Any, accounts: Accounts) -> None:
    made = zone(hand, "example.com")
    hand.change_tags_for_resource(
        ResourceType="hostedzone", ResourceId=made, AddTags=[{"Key": "env", "Value": "prod"}]
    )
    assert hosted_zone.tags(route53.client(accounts, "dev"), made) == {"env": "prod"}


def test_a_name_has_the_records_of_all_its_types_and_no_others(hand: Any, accounts: Accounts) -> None:
    made = zone(hand, "example.com")
    put(hand, made, SetIdentifier="tokyo", Weight=10, HealthCheckId="check-1")
    put(hand, made, SetIdentifier="virginia", Weight=0)
    put(hand, made, Type="TXT", ResourceRecords=[{"Value": '"x"'}])
    put(hand, made, Name="tokyo.shop.example.com")
    put(hand, made, Name="zoo.example.com")
    found = record.of_name(route53.client(accounts, "dev"), made, NAME)
    assert found == (
        Record(NAME, "A", "tokyo", WEIGHTED, 10, ttl=60, values=("192.0.2.1",), health_check="check-1"),
        Record(NAME, "A", "virginia", WEIGHTED, 0, ttl=60, values=("192.0.2.1",)),
        Record(NAME, "TXT", "", SIMPLE, ttl=60, values=('"x"',)),
    )


def test_an_alias_says_where_it_leads_and_may_be_kept_for_a_minute() -> None:
    raw = {"Name": "shop.example.com.", "Type": "A", "AliasTarget": alias("web.example.net."), "Weight": 1}
    (one,) = (record._record(raw),)
    assert (one.alias, one.evaluates, one.values, one.ttl) == (True, True, ("web.example.net.",), 60)


@pytest.mark.parametrize(
    ("more", "policy"),
    [
        ({}, SIMPLE),
        ({"Weight": 0}, WEIGHTED),
        ({"Failover": "PRIMARY"}, FAILOVER),
        ({"Region": "us-east-1"}, "latency"),
        ({"Weight": 1, "TrafficPolicyInstanceId": "x"}, "traffic policy"),
    ],
)
def test_a_record_has_the_policy_that_it_carries(more: Mapping[str, Any], policy: str) -> None:
    assert record._record({"Name": "x.", "Type": "A", **more}).policy == policy


def test_another_weight_or_role_leaves_the_rest_as_it_is() -> None:
    raw = {"Name": "x.", "Type": "A", "TTL": 60, "SetIdentifier": "a", "Weight": 1, "HealthCheckId": "h"}
    assert record._record(raw).weighing(0) == {**raw, "Weight": 0}
    failing = {"Name": "x.", "Type": "A", "SetIdentifier": "a", "Failover": PRIMARY}
    assert record._record(failing).acting_as(SECONDARY) == {**failing, "Failover": SECONDARY}
