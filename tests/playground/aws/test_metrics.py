"""Metrics and alarms of the local AWS, over the wire."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from playground.aws.server import LocalAws
from tests.playground.aws.conftest import ONCE, PRODUCTION

HOUR = timedelta(hours=1)
METRIC = {"Namespace": "toban", "MetricName": "LastGoodNight"}


@pytest.fixture
def cloudwatch(aws: LocalAws) -> Any:
    return aws.client("cloudwatch", account=PRODUCTION, config=ONCE)


def test_a_metric_that_was_put_is_read_again(cloudwatch: Any) -> None:
    now = datetime.now(UTC)
    data = {"MetricName": METRIC["MetricName"], "Value": 1, "Unit": "Count", "Timestamp": now}
    cloudwatch.put_metric_data(Namespace=METRIC["Namespace"], MetricData=[data])
    asked = {"StartTime": now - HOUR, "EndTime": now + HOUR, "Period": 3600, "Statistics": ["Sum"]}
    read = cloudwatch.get_metric_statistics(**METRIC, **asked)["Datapoints"]
    assert [point["Sum"] for point in read] == [1.0]


def test_an_alarm_is_found_by_its_name_with_its_tags(cloudwatch: Any) -> None:
    cloudwatch.put_metric_alarm(
        AlarmName="toban last good night",
        **METRIC,
        Statistic="SampleCount",
        Period=86_400,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="LessThanThreshold",
        TreatMissingData="breaching",
        Tags=[{"Key": "toban:operation", "Value": "7"}],
    )
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=["toban last good night"])["MetricAlarms"]
    assert (alarm["TreatMissingData"], alarm["Period"], alarm["Threshold"]) == ("breaching", 86_400, 1.0)
    tags = cloudwatch.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"]
    assert tags == [{"Key": "toban:operation", "Value": "7"}]
