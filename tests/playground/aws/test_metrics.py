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


def put(cloudwatch: Any) -> None:
    now = datetime.now(UTC)
    data = {"MetricName": METRIC["MetricName"], "Value": 1, "Unit": "Count", "Timestamp": now}
    cloudwatch.put_metric_data(Namespace=METRIC["Namespace"], MetricData=[data])


def watch(cloudwatch: Any, missing: str = "breaching") -> None:
    cloudwatch.put_metric_alarm(
        AlarmName="toban last good night",
        **METRIC,
        Statistic="SampleCount",
        Period=86_400,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="LessThanThreshold",
        TreatMissingData=missing,
        Tags=[{"Key": "toban:operation", "Value": "7"}],
    )


def look(cloudwatch: Any) -> Any:
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=["toban last good night"])["MetricAlarms"]
    return alarm


def test_an_alarm_is_found_by_its_name_with_its_tags(cloudwatch: Any) -> None:
    watch(cloudwatch)
    alarm = look(cloudwatch)
    assert (alarm["TreatMissingData"], alarm["Period"], alarm["Threshold"]) == ("breaching", 86_400, 1.0)
    tags = cloudwatch.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"]
    assert tags == [{"Key": "toban:operation", "Value": "7"}]


def test_an_alarm_on_missing_data_goes_off_a_day_after_the_last_datum(aws: LocalAws, cloudwatch: Any) -> None:
    aws.control.advance(1_000_000)
    aws.reset()  # ... as the tests before this one
    put(cloudwatch)
    watch(cloudwatch)
    assert look(cloudwatch)["StateValue"] == "INSUFFICIENT_DATA"
    aws.control.advance(3_600)
    assert look(cloudwatch)["StateValue"] == "OK"
    aws.control.advance(86_400)
    assert look(cloudwatch)["StateValue"] == "ALARM"


@pytest.mark.parametrize(
    ("missing", "state"),
    [
        ("breaching", "ALARM"),
        ("notBreaching", "OK"),
        ("missing", "INSUFFICIENT_DATA"),
        ("ignore", "INSUFFICIENT_DATA"),
    ],
)
def test_what_missing_data_means_is_the_alarms_choice(
    aws: LocalAws, cloudwatch: Any, missing: str, state: str
) -> None:
    watch(cloudwatch, missing)
    aws.control.advance(61)
    assert look(cloudwatch)["StateValue"] == state
