"""CloudWatch: a number that toban reports, and alarms that ring when it does not come.

Reads come first, changes after; both changes may be repeated.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast

from aws.account import Accounts, Place
from aws.errors import speaking_plainly

AT_MOST = 100  # names in one DescribeAlarms, and alarms on one of its pages


class CloudWatch(Protocol):
    """The client, as far as it is used here."""

    def describe_alarms(self, **named: object) -> Mapping[str, Any]:
        """The alarms with these names."""

    def get_metric_data(self, **named: object) -> Mapping[str, Any]:
        """The values of metrics."""

    def put_metric_alarm(self, **named: object) -> Mapping[str, Any]:
        """Make or replace an alarm."""

    def put_metric_data(self, **named: object) -> Mapping[str, Any]:
        """Report numbers."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm on one of toban's own metrics: it rings when less than `threshold` came, or nothing."""

    name: str
    namespace: str
    metric: str
    topic: str  # the ARN of the SNS topic that hears of it
    period: int  # seconds
    periods: int  # so many in a row without enough
    threshold: float
    description: str = ""
    missing: str = "breaching"  # how a period without data counts


def client(aws: Accounts, place: Place) -> CloudWatch:
    """CloudWatch in a place."""
    return cast("CloudWatch", aws.client("cloudwatch", place))


def alarms(cloudwatch: CloudWatch, names: Sequence[str]) -> Iterator[Alarm]:
    """The metric alarms with these names; one that does not exist is absent.  Raises AwsError."""
    for at in range(0, len(names), AT_MOST):
        with speaking_plainly("looking at alarms"):
            found = cloudwatch.describe_alarms(AlarmNames=list(names[at : at + AT_MOST]), MaxRecords=AT_MOST)
        yield from map(_alarm, found["MetricAlarms"])


def points(
    cloudwatch: CloudWatch, metric: Mapping[str, str], since: datetime, until: datetime
) -> list[tuple[datetime, float]]:
    """The values of a metric, the oldest first, for each of its periods.  Raises AwsError.

    `metric` has namespace, name, statistic, period (seconds) and dimensions (JSON), as an alarm names them.
    """
    named = {"Namespace": metric["namespace"], "MetricName": metric["name"]}
    sides = [{"Name": name, "Value": value} for name, value in json.loads(metric["dimensions"]).items()]
    stat = {
        "Metric": {**named, "Dimensions": sides},
        "Period": int(metric["period"]),
        "Stat": metric["statistic"],
    }
    with speaking_plainly(f"reading {metric['namespace']}/{metric['name']}"):
        found = cloudwatch.get_metric_data(
            MetricDataQueries=[{"Id": "m", "MetricStat": stat}],
            StartTime=since,
            EndTime=until,
            ScanBy="TimestampAscending",
        )
    results: Sequence[Mapping[str, Any]] = found["MetricDataResults"]
    return [point for one in results[:1] for point in zip(one["Timestamps"], one["Values"], strict=True)]


def put_alarm(cloudwatch: CloudWatch, alarm: Alarm) -> str:
    """Make or replace an alarm, also for data that is missing; returns AWS's request id.  Raises AwsError."""
    with speaking_plainly(f"making the alarm {alarm.name}"):
        reply = cloudwatch.put_metric_alarm(
            AlarmName=alarm.name,
            AlarmDescription=alarm.description,
            Namespace=alarm.namespace,
            MetricName=alarm.metric,
            Statistic="Maximum",
            Period=alarm.period,
            EvaluationPeriods=alarm.periods,
            Threshold=alarm.threshold,
            ComparisonOperator="LessThanThreshold",
            TreatMissingData=alarm.missing,
            ActionsEnabled=True,
            AlarmActions=[alarm.topic],
            OKActions=[alarm.topic],
        )
    return str(reply["ResponseMetadata"]["RequestId"])


def put(cloudwatch: CloudWatch, namespace: str, metric: str, value: float, at: datetime) -> str:
    """Report one number for one moment; returns AWS's request id.  Raises AwsError."""
    with speaking_plainly(f"reporting {namespace}/{metric}"):
        reply = cloudwatch.put_metric_data(
            Namespace=namespace,
            MetricData=[{"MetricName": metric, "Timestamp": at, "Value": value, "Unit": "Count"}],
        )
    return str(reply["ResponseMetadata"]["RequestId"])


def put_all(cloudwatch: CloudWatch, namespace: str, values: Mapping[str, float], at: datetime) -> str:
    """Report numbers for one moment, by the names of their metrics; returns AWS's request id.

    Raises AwsError.
    """
    data = [{"MetricName": name, "Timestamp": at, "Value": value} for name, value in sorted(values.items())]
    with speaking_plainly(f"reporting {namespace}"):
        reply = cloudwatch.put_metric_data(Namespace=namespace, MetricData=data)
    return str(reply["ResponseMetadata"]["RequestId"])


def _alarm(raw: Mapping[str, Any]) -> Alarm:
    topics = raw.get("AlarmActions", []) if raw.get("ActionsEnabled") else []
    return Alarm(
        name=raw["AlarmName"],
        namespace=raw.get("Namespace", ""),
        metric=raw.get("MetricName", ""),
        topic=" ".join(topics),
        period=raw.get("Period", 0),
        periods=raw.get("EvaluationPeriods", 0),
        threshold=raw.get("Threshold", 0.0),
        description=raw.get("AlarmDescription", ""),
        missing=raw.get("TreatMissingData", "missing"),
    )
