"""A prepared call is spelt as EventBridge Scheduler takes it."""

import json

import pytest

from aws.prepared import Prepared, javas


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("VPCZoneIdentifier", "VpcZoneIdentifier"),
        ("TTL", "Ttl"),
        ("DNSName", "DnsName"),
        ("DBInstanceIdentifier", "DbInstanceIdentifier"),
        ("HostedZoneId", "HostedZoneId"),
        ("InstanceIds", "InstanceIds"),
    ],
)
def test_a_parameter_is_spelt_as_the_sdk_for_java_does(ours: str, theirs: str) -> None:
    assert javas(ours) == theirs


def test_at_any_depth_but_never_in_a_value() -> None:
    raw = {"ResourceRecordSet": {"TTL": 60, "ResourceRecords": [{"Value": "DNSName"}]}}
    call = Prepared("route53", "ChangeResourceRecordSets", {"Changes": [raw], "Policy": '{"TTL": 1}'})
    assert json.loads(call.input) == {
        "Changes": [{"ResourceRecordSet": {"Ttl": 60, "ResourceRecords": [{"Value": "DNSName"}]}}],
        "Policy": '{"TTL": 1}',
    }


def test_its_arn_names_service_and_action() -> None:
    call = Prepared("autoscaling", "UpdateAutoScalingGroup", {})
    assert call.target() == "arn:aws:scheduler:::aws-sdk:autoscaling:updateAutoScalingGroup"
    assert call.target("aws-cn").startswith("arn:aws-cn:scheduler:::aws-sdk:")
