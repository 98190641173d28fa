"""CloudWatch's own picture of a metric, as its console draws it.

Source: "GetMetricWidgetImage: Metric Widget Structure and Syntax" (CloudWatch API reference).  GovCloud has
no such call ("GetMetricWidgetImage").
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any, Protocol, cast

from aws.account import Accounts, Place
from aws.errors import speaking_plainly

IAM = ("cloudwatch:GetMetricWidgetImage",)
WIDTH, HEIGHT = 800, 320  # pixels
PNG = b"\x89PNG\r\n\x1a\n"


class Widgets(Protocol):
    """The client, as far as it is used here."""

    def get_metric_widget_image(self, **named: object) -> Mapping[str, Any]:
        """A picture."""


def client(aws: Accounts, place: Place) -> Widgets:
    """CloudWatch in a place; a call is not repeated, since somebody waits for the picture."""
    return cast("Widgets", aws.client("cloudwatch", place, once=True))


def image(
    cloudwatch: Widgets, metric: Mapping[str, str], since: datetime, until: datetime, zone: tzinfo
) -> bytes:
    """A PNG of a metric, with its threshold; b"" when what came is none.  Raises AwsError.

    `metric` is as `aws.metric.points` takes it, with a threshold where there is one.  Its words are English,
    its times those of the zone.
    """
    widget = json.dumps(_widget(metric, since, until, zone))
    with speaking_plainly(f"drawing {metric['namespace']}/{metric['name']}"):
        reply = cloudwatch.get_metric_widget_image(MetricWidget=widget, OutputFormat="png")
    found = bytes(reply.get("MetricWidgetImage") or b"")
    return found if found.startswith(PNG) else b""


def _widget(metric: Mapping[str, str], since: datetime, until: datetime, zone: tzinfo) -> dict[str, Any]:
    sides = [part for pair in json.loads(metric["dimensions"]).items() for part in pair]
    how = {"stat": metric["statistic"], "period": int(metric["period"])}
    made: dict[str, Any] = {
        "metrics": [[metric["namespace"], metric["name"], *sides, how]],
        "title": f"{metric['name']} ({metric['statistic']})",
        "view": "timeSeries",
        "width": WIDTH,
        "height": HEIGHT,
        "start": _written(since),
        "end": _written(until),
        "timezone": f"{until.astimezone(zone):%z}",
    }
    if "threshold" in metric:
        made["annotations"] = {"horizontal": [{"value": float(metric["threshold"]), "label": "threshold"}]}
    return made


def _written(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}"
