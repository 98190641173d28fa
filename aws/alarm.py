"""CloudWatch alarms: all there are and what they are about; make some, delete some.

Reads come first, changes after.  Sources: "DescribeAlarms", "PutMetricAlarm", "DeleteAlarms" (CloudWatch API
reference): alarms are found by name only, so that who looks for something else reads all of them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from aws.account import Accounts, Place
from aws.errors import speaking_plainly
from aws.filters import chunks

AT_MOST = 100  # names in one call, and alarms on a page
_PUT = (
    *("AlarmName", "AlarmDescription", "ActionsEnabled", "AlarmActions", "OKActions"),
    *("InsufficientDataActions", "MetricName", "Namespace", "Statistic", "ExtendedStatistic", "Dimensions"),
    *("Period", "Unit", "EvaluationPeriods", "DatapointsToAlarm", "Threshold", "ComparisonOperator"),
    *("TreatMissingData", "EvaluateLowSampleCountPercentile", "Metrics", "ThresholdMetricId"),
)
"""What PutMetricAlarm takes of what DescribeAlarms tells."""


class CloudWatch(Protocol):
    """The client, as far as it is used here."""

    def describe_alarms(self, **named: object) -> Mapping[str, Any]:
        """A page of alarms."""

    def put_metric_alarm(self, **named: object) -> Mapping[str, Any]:
        """Make or replace an alarm."""

    def delete_alarms(self, **named: object) -> Mapping[str, Any]:
        """Delete alarms."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm of one metric; the words are CloudWatch's own."""

    name: str
    namespace: str
    metric: str
    statistic: str  # Average, Maximum, Minimum, Sum, SampleCount
    period: int  # seconds
    periods: int  # so many in a row
    comparison: str  # such as GreaterThanThreshold
    threshold: float
    dimensions: tuple[tuple[str, str], ...] = ()
    missing: str = "missing"  # how a period without data counts: breaching, notBreaching, ignore, missing
    topics: tuple[str, ...] = ()  # ARNs of what hears of it; none when its actions are switched off
    description: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """An alarm of any kind, as far as it says what it is about."""

    name: str
    rule: str  # of a composite alarm; "" for the others
    dimensions: frozenset[tuple[str, str]]  # of all its metrics
    foreign: bool  # a metric of it is another account's
    definition: str = field(compare=False)  # JSON that PutMetricAlarm takes


def client(aws: Accounts, place: Place) -> CloudWatch:
    """CloudWatch in a place."""
    return cast("CloudWatch", aws.client("cloudwatch", place))


def find(cloudwatch: CloudWatch, names: Sequence[str]) -> Iterator[Alarm]:
    """The alarms of one metric with these names; one that does not exist is absent.  Raises AwsError."""
    for some in chunks(names, AT_MOST):
        for page in _pages(cloudwatch, AlarmNames=list(some)):
            yield from (_alarm(raw) for raw in page["MetricAlarms"])


def named(cloudwatch: CloudWatch, names: Sequence[str]) -> Iterator[Listed]:
    """The alarms of whatever kind with these names; one that does not exist is absent.  Raises AwsError."""
    for some in chunks(names, AT_MOST):
        asked = {"AlarmNames": list(some), "AlarmTypes": ["CompositeAlarm", "MetricAlarm"]}
        for page in _pages(cloudwatch, **asked):
            yield from map(_listed, [*page.get("MetricAlarms", []), *page.get("CompositeAlarms", [])])


def states(cloudwatch: CloudWatch, names: Sequence[str]) -> dict[str, str]:
    """CloudWatch's word for where each of these alarms is: OK, ALARM, INSUFFICIENT_DATA.  Raises AwsError.

    One that does not exist is absent.
    """
    found: dict[str, str] = {}
    for some in chunks(names, AT_MOST):
        asked = {"AlarmNames": list(some), "AlarmTypes": ["CompositeAlarm", "MetricAlarm"]}
        for page in _pages(cloudwatch, **asked):
            every = [*page.get("MetricAlarms", []), *page.get("CompositeAlarms", [])]
            found |= {raw["AlarmName"]: raw["StateValue"] for raw in every}
    return found


def everything(cloudwatch: CloudWatch) -> Iterator[Listed]:
    """Every alarm of the place, composite ones too.  Raises AwsError."""
    for page in _pages(cloudwatch, AlarmTypes=["CompositeAlarm", "MetricAlarm"]):
        yield from map(_listed, [*page.get("MetricAlarms", []), *page.get("CompositeAlarms", [])])


def put(cloudwatch: CloudWatch, alarm: Alarm) -> str:
    """Make or replace an alarm; returns AWS's request id.  Repeatable.  Raises AwsError."""
    with speaking_plainly(f"making the alarm {alarm.name}"):
        reply = cloudwatch.put_metric_alarm(
            AlarmName=alarm.name,
            AlarmDescription=alarm.description,
            Namespace=alarm.namespace,
            MetricName=alarm.metric,
            Dimensions=[{"Name": name, "Value": value} for name, value in alarm.dimensions],
            Statistic=alarm.statistic,
            Period=alarm.period,
            EvaluationPeriods=alarm.periods,
            Threshold=alarm.threshold,
            ComparisonOperator=alarm.comparison,
            TreatMissingData=alarm.missing,
            ActionsEnabled=True,
            AlarmActions=list(alarm.topics),
            OKActions=list(alarm.topics),
        )
    return str(reply["ResponseMetadata"]["RequestId"])


def delete(cloudwatch: CloudWatch, names: Sequence[str]) -> str:
    """Delete at most a hundred alarms, all or none; returns AWS's request id.  Raises AwsError."""
    with speaking_plainly(f"deleting {len(names)} alarms"):
        reply = cloudwatch.delete_alarms(AlarmNames=list(names))
    return str(reply["ResponseMetadata"]["RequestId"])


def _pages(cloudwatch: CloudWatch, **asked: object) -> Iterator[Mapping[str, Any]]:
    token: dict[str, object] = {}
    while True:
        with speaking_plainly("looking at alarms"):
            page = cloudwatch.describe_alarms(**asked, **token, MaxRecords=AT_MOST)
        yield page
        if not page.get("NextToken"):
            return
        token = {"NextToken": page["NextToken"]}


def _alarm(raw: Mapping[str, Any]) -> Alarm:
    return Alarm(
        name=raw["AlarmName"],
        namespace=raw.get("Namespace", ""),
        metric=raw.get("MetricName", ""),
        statistic=raw.get("Statistic", ""),
        period=int(raw.get("Period", 0)),
        periods=int(raw.get("EvaluationPeriods", 0)),
        comparison=raw.get("ComparisonOperator", ""),
        threshold=float(raw.get("Threshold", 0)),
        dimensions=tuple(sorted(_dimensions(raw))),
        missing=raw.get("TreatMissingData") or "missing",
        topics=tuple(sorted(raw.get("AlarmActions", []))) if raw.get("ActionsEnabled") else (),
        description=raw.get("AlarmDescription") or "",
    )


def _listed(raw: Mapping[str, Any]) -> Listed:
    metrics = raw.get("Metrics") or []
    parts = [one.get("MetricStat", {}).get("Metric", {}) for one in metrics]
    known = {name: raw[name] for name in _PUT if raw.get(name) not in (None, [], "")}
    return Listed(
        name=raw["AlarmName"],
        rule=raw.get("AlarmRule") or "",
        dimensions=frozenset(pair for part in (raw, *parts) for pair in _dimensions(part)),
        foreign=any(one.get("AccountId") for one in metrics),
        definition=json.dumps(known, sort_keys=True, separators=(",", ":"), default=str),
    )


def _dimensions(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return ((one["Name"], one["Value"]) for one in raw.get("Dimensions") or [])
