"""What a health check of Route 53 says; replies are written by hand and held against botocore's models."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from aws import health_check, metric, route53
from aws.health_check import Health
from tests.canned import Answer, CannedAccounts

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
WELL, ILL = "Success: HTTP Status Code 200, OK", "Failure: HTTP Status Code 503"


def check(kind: str = "HTTPS", **more: Any) -> Mapping[str, Any]:
    one = {"Id": "check-1", "CallerReference": "x", "HealthCheckVersion": 1}
    return {"HealthCheck": {**one, "HealthCheckConfig": {"Type": kind, **more}}}


def seen(*said: str) -> Mapping[str, Any]:
    return {"HealthCheckObservations": [{"StatusReport": {"Status": one}} for one in said]}


def health(replies: Mapping[str, Answer]) -> Health:
    aws = CannedAccounts(replies)
    cloudwatch = metric.client(aws, route53.place("dev"))
    return health_check.status(route53.client(aws, "dev"), cloudwatch, "check-1", NOW)


@pytest.mark.parametrize(
    ("said", "healthy", "why"),
    [
        ((WELL, WELL), True, WELL),
        ((WELL, *[ILL] * 4), True, ILL),  # 20 % of the checkers are enough
        ((WELL, *[ILL] * 5), False, WELL),
        ((ILL,), False, ILL),
        ((), None, "no observation"),
    ],
)
def test_an_endpoint_is_healthy_when_more_than_18_percent_say_so(
    said: tuple[str, ...], healthy: bool | None, why: str
) -> None:
    replies = {"route53.GetHealthCheck": check(), "route53.GetHealthCheckStatus": seen(*said)}
    assert health(replies) == Health("check-1", healthy, why)


def test_an_inverted_check_says_the_opposite() -> None:
    replies = {
        "route53.GetHealthCheck": check(Inverted=True),
        "route53.GetHealthCheckStatus": seen(WELL, WELL),
    }
    assert health(replies).healthy is False


@pytest.mark.parametrize("inverted", [False, True])
def test_a_disabled_check_is_always_healthy_and_an_inverted_one_never(inverted: bool) -> None:
    replies = {"route53.GetHealthCheck": check(Disabled=True, Inverted=inverted)}
    assert health(replies) == Health("check-1", not inverted, "disabled")


@pytest.mark.parametrize(("value", "healthy"), [(1.0, True), (0.0, False)])
def test_what_is_calculated_is_known_by_its_metric(value: float, healthy: bool) -> None:
    data = {"Id": "m", "Timestamps": [NOW], "Values": [value], "StatusCode": "Complete"}
    replies = {
        "route53.GetHealthCheck": check("CALCULATED"),
        "monitoring.GetMetricData": {"MetricDataResults": [data]},
    }
    assert health(replies) == Health("check-1", healthy, f"HealthCheckStatus {value:g}")
    empty = {**data, "Timestamps": [], "Values": []}
    nothing = {**replies, "monitoring.GetMetricData": {"MetricDataResults": [empty]}}
    assert health(nothing).healthy is None
