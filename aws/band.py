"""CloudWatch alarms on an anomaly band: they ring when a metric leaves what is usual for the hour, upwards.

Source: "Creating a CloudWatch alarm based on anomaly detection" (CloudWatch user guide) and "PutMetricAlarm"
(API reference): the band is an expression beside the metric, and CloudWatch learns its model by itself.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aws.alarm import CloudWatch
from aws.errors import speaking_plainly

ABOVE = "GreaterThanUpperThreshold"
_METRIC, _BAND = "m1", "band"


@dataclass(frozen=True, slots=True)
class BandAlarm:
    """An alarm that rings above the band."""

    name: str
    namespace: str
    metric: str
    statistic: str  # Average, p90 ...
    period: int  # seconds
    periods: int  # so many in a row
    width: float  # of the band, in standard deviations
    dimensions: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    description: str = ""

    def __str__(self) -> str:
        """In one line, as it is shown and compared."""
        sides = "".join(f" {name}={value}" for name, value in self.dimensions)
        return (
            f"{self.statistic} {self.namespace}/{self.metric}{sides} > band of {self.width:g}"
            f" for {self.periods} × {self.period} s"
        )


def find(cloudwatch: CloudWatch, name: str) -> BandAlarm | None:
    """The alarm of this name, where it is one on a band.  Raises AwsError."""
    with speaking_plainly(f"looking at the alarm {name}"):
        found = cloudwatch.describe_alarms(AlarmNames=[name], AlarmTypes=["MetricAlarm"])["MetricAlarms"]
    return next(map(_alarm, found), None)


def put(cloudwatch: CloudWatch, alarm: BandAlarm) -> str:
    """Make or replace an alarm; returns AWS's request id.  Repeatable.  Raises AwsError."""
    stat = {
        "Metric": {
            "Namespace": alarm.namespace,
            "MetricName": alarm.metric,
            "Dimensions": [{"Name": name, "Value": value} for name, value in alarm.dimensions],
        },
        "Period": alarm.period,
        "Stat": alarm.statistic,
    }
    band = f"ANOMALY_DETECTION_BAND({_METRIC}, {alarm.width:g})"
    with speaking_plainly(f"making the alarm {alarm.name}"):
        reply = cloudwatch.put_metric_alarm(
            AlarmName=alarm.name,
            AlarmDescription=alarm.description,
            ActionsEnabled=True,
            AlarmActions=list(alarm.topics),
            OKActions=list(alarm.topics),
            EvaluationPeriods=alarm.periods,
            ComparisonOperator=ABOVE,
            ThresholdMetricId=_BAND,
            TreatMissingData="missing",
            Metrics=[
                {"Id": _METRIC, "MetricStat": stat, "ReturnData": True},
                {"Id": _BAND, "Expression": band, "Label": "as usual", "ReturnData": True},
            ],
        )
    return str(reply["ResponseMetadata"]["RequestId"])


def to_json(alarm: BandAlarm) -> str:
    """The form that a step carries; `from_json` reads it back."""
    return json.dumps({name: getattr(alarm, name) for name in BandAlarm.__slots__}, sort_keys=True)


def from_json(written: str) -> BandAlarm:
    """Read what `to_json` wrote."""
    given = json.loads(written)
    sides = tuple((name, value) for name, value in given["dimensions"])
    return BandAlarm(**{**given, "dimensions": sides, "topics": tuple(given["topics"])})


def _alarm(raw: Mapping[str, Any]) -> BandAlarm:
    stats = [one["MetricStat"] for one in raw.get("Metrics") or [] if one.get("MetricStat")]
    stat: Mapping[str, Any] = stats[0] if stats else {}
    of = stat.get("Metric", {})
    bands = [one["Expression"] for one in raw.get("Metrics") or [] if one.get("Expression")]
    return BandAlarm(
        name=raw["AlarmName"],
        namespace=of.get("Namespace", ""),
        metric=of.get("MetricName", ""),
        statistic=stat.get("Stat", ""),
        period=int(stat.get("Period", 0)),
        periods=int(raw.get("EvaluationPeriods", 0)),
        width=_width(bands[0]) if bands else 0.0,
        dimensions=tuple(sorted((one["Name"], one["Value"]) for one in of.get("Dimensions") or [])),
        topics=tuple(sorted(raw.get("AlarmActions", []))) if raw.get("ActionsEnabled") else (),
        description=raw.get("AlarmDescription") or "",
    )


def _width(expression: str) -> float:
    """The 2 of ANOMALY_DETECTION_BAND(m1, 2); 0 of any other expression."""
    _, comma, last = expression.rpartition(",")
    try:
        return float(last.strip().removesuffix(")")) if comma else 0.0
    except ValueError:
        return 0.0
