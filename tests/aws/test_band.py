"""Alarms that ring above what is usual: put as CloudWatch takes them, and read back."""

from dataclasses import replace
from typing import Any

import boto3
import pytest

from aws import alarm, band
from aws.account import Accounts
from aws.band import BandAlarm
from tests.aws.conftest import PLACE

WANTED = BandAlarm(
    name="toban/shop/latency",
    namespace="CloudWatchSynthetics",
    metric="Duration",
    statistic="p90",
    period=300,
    periods=3,
    width=2.5,
    dimensions=(("CanaryName", "shop"),),
    topics=("arn:aws:sns:eu-west-1:123456789012:on-duty",),
    description="slow",
)


def test_what_was_put_is_found_as_it_was_wanted(local_aws: str, accounts: Accounts) -> None:
    client = alarm.client(accounts, PLACE)
    assert band.find(client, WANTED.name) is None
    band.put(client, WANTED)
    assert band.find(client, WANTED.name) == WANTED
    band.put(client, replace(WANTED, width=3.0))
    found = band.find(client, WANTED.name)
    assert found is not None
    assert str(found) == "p90 CloudWatchSynthetics/Duration CanaryName=shop > band of 3 for 3 × 300 s"


def test_an_alarm_of_another_kind_is_none_of_these(local_aws: str, accounts: Accounts) -> None:
    cloudwatch: Any = boto3.client("cloudwatch", region_name=PLACE.region)
    cloudwatch.put_metric_alarm(
        AlarmName=WANTED.name,
        Namespace="AWS/EC2",
        MetricName="CPUUtilization",
        Statistic="Average",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1.0,
        ComparisonOperator="GreaterThanThreshold",
    )
    found = band.find(alarm.client(accounts, PLACE), WANTED.name)
    assert found is not None
    assert found != WANTED
    assert found.width == 0


def test_a_step_carries_it_whole() -> None:
    assert band.from_json(band.to_json(WANTED)) == WANTED


@pytest.mark.parametrize(
    ("expression", "width"), [("ANOMALY_DETECTION_BAND(m1, 2)", 2), ("m1 * 2", 0), ("IF(m1, m2)", 0)]
)
def test_the_width_is_read_out_of_the_expression(expression: str, width: float) -> None:
    assert band._width(expression) == width
