"""Route 53's health checks: whether what a record leads to is healthy, as Route 53 sees it.

Sources: "How Amazon Route 53 determines whether a health check is healthy": an endpoint is healthy when more
than 18 % of the checkers say so, and so is each that is disabled; an inverted check says the opposite.
"GetHealthCheckStatus" (API reference) knows endpoints only; what the others come to is a metric in us-east-1
("Monitoring health checks using CloudWatch").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aws import metric
from aws.errors import speaking_plainly
from aws.metric import CloudWatch
from aws.route53 import Route53

ENOUGH = 0.18  # the share of checkers
ENDPOINTS = frozenset({"HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"})
_LOOK_BACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Health:
    """What a health check says now."""

    id: str
    healthy: bool | None  # None: nobody knows
    said: str  # in AWS's words, of one that sees it otherwise, or of the first


def status(route53: Route53, cloudwatch: CloudWatch, id: str, now: datetime) -> Health:  # noqa: A002 - theirs
    """What a health check says; `cloudwatch` is that of us-east-1.  Raises AwsError."""
    with speaking_plainly(f"looking at the health check {id}"):
        config = route53.get_health_check(HealthCheckId=id)["HealthCheck"]["HealthCheckConfig"]
    inverted = bool(config.get("Inverted"))
    if config.get("Disabled"):
        return Health(id, not inverted, "disabled")
    if config["Type"] not in ENDPOINTS:
        return _by_metric(cloudwatch, id, now)
    with speaking_plainly(f"looking at the health check {id}"):
        seen = route53.get_health_check_status(HealthCheckId=id)["HealthCheckObservations"]
    return _by_checkers(id, [one.get("StatusReport", {}) for one in seen], inverted=inverted)


def _by_checkers(id: str, reports: list[Mapping[str, Any]], *, inverted: bool) -> Health:  # noqa: A002
    said = [str(one.get("Status", "")) for one in reports]
    well = [one for one in said if one.startswith("Success")]
    if not said:
        return Health(id, None, "no observation")
    endpoint = len(well) / len(said) > ENOUGH
    why = next((one for one in said if one.startswith("Success") is not endpoint), said[0])
    return Health(id, endpoint is not inverted, why)


def _by_metric(cloudwatch: CloudWatch, id: str, now: datetime) -> Health:  # noqa: A002
    asked = {
        "namespace": "AWS/Route53",
        "name": "HealthCheckStatus",
        "statistic": "Minimum",
        "period": "60",
        "dimensions": f'{{"HealthCheckId": "{id}"}}',
    }
    points = metric.points(cloudwatch, asked, now - _LOOK_BACK, now)
    if not points:
        return Health(id, None, "no data of HealthCheckStatus")
    return Health(id, points[-1][1] >= 1, f"HealthCheckStatus {points[-1][1]:g}")
