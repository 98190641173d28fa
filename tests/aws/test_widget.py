"""CloudWatch's own picture: a contract test, since moto knows no such call."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from aws import widget
from aws.account import Accounts
from aws.errors import AwsError
from tests.aws.conftest import PLACE
from tests.canned import TOKYO, CannedAccounts, Refusal

CALL = "monitoring.GetMetricWidgetImage"
UNTIL = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
PICTURE = widget.PNG + b"drawn by AWS"
METRIC = {
    "namespace": "AWS/EC2",
    "name": "CPUUtilization",
    "statistic": "Average",
    "period": "60",
    "dimensions": '{"InstanceId": "i-0123456789abcdef0"}',
    "threshold": "90",
}


def image(reply: Any, metric: dict[str, str] | None = None) -> bytes:
    client = widget.client(CannedAccounts({CALL: reply}), TOKYO)
    return widget.image(client, metric or METRIC, UNTIL - timedelta(hours=1), UNTIL, ZoneInfo("Asia/Tokyo"))


def test_it_shows_the_metric_with_its_threshold_in_the_times_of_the_zone() -> None:
    asked: list[bytes] = []

    def drawn(request: Any) -> dict[str, Any]:
        asked.append(request)
        return {"MetricWidgetImage": PICTURE}

    assert image(drawn) == PICTURE
    shown = json.loads(json.loads(asked[0])["MetricWidget"])
    how = {"stat": "Average", "period": 60}
    assert shown["metrics"] == [["AWS/EC2", "CPUUtilization", "InstanceId", "i-0123456789abcdef0", how]]
    assert (shown["start"], shown["end"]) == ("2026-11-22T00:00:00.000Z", "2026-11-22T01:00:00.000Z")
    assert shown["timezone"] == "+0900"
    assert shown["annotations"] == {"horizontal": [{"value": 90.0, "label": "threshold"}]}


def test_a_metric_without_a_threshold_has_no_line() -> None:
    plain = {name: value for name, value in METRIC.items() if name != "threshold"}
    assert image({"MetricWidgetImage": PICTURE}, plain) == PICTURE


@pytest.mark.parametrize("reply", [{}, {"MetricWidgetImage": b""}, {"MetricWidgetImage": b"<html>"}])
def test_what_is_no_picture_is_none(reply: dict[str, Any]) -> None:
    assert image(reply) == b""


@pytest.mark.parametrize("code", ["AccessDenied", "Throttling", "InvalidAction", "UnknownOperationException"])
def test_what_aws_refuses_is_an_error_of_ours(code: str) -> None:
    with pytest.raises(AwsError, match="drawing AWS/EC2/CPUUtilization"):
        image(Refusal(code))


def test_an_aws_that_does_not_know_the_call_is_an_error_of_ours_too(
    local_aws: str, accounts: Accounts
) -> None:
    """moto's answer, over the wire."""
    client = widget.client(accounts, PLACE)
    with pytest.raises(AwsError):
        widget.image(client, METRIC, UNTIL - timedelta(hours=1), UNTIL, UTC)
