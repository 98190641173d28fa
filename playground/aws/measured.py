"""What CloudWatch has measured of an instance before something happens to it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from playground.aws.fleet import TOKYO
from playground.aws.planting import naive

if TYPE_CHECKING:
    from playground.aws.server import LocalAws


def load(aws: "LocalAws", account: str, instance: str, at: datetime) -> None:
    """An hour of an instance's processor, with the last three minutes far too high."""
    values = [14.0 + (minute * 37) % 11 for minute in range(57)] + [95.0, 96.1, 97.4]
    _put(aws, account, instance, "CPUUtilization", values, timedelta(minutes=1), at)


def traffic(aws: "LocalAws", account: str, instance: str, at: datetime) -> None:
    """Five hours of what an instance sends out, with far too much in the last quarter of an hour."""
    values = [4e6 + (turn * 37) % 11 * 2e5 for turn in range(57)] + [6.1e8, 7.4e8, 7.2e8]
    _put(aws, account, instance, "NetworkOut", values, timedelta(minutes=5), at)


def _put(
    aws: "LocalAws",
    account: str,
    instance: str,
    name: str,
    values: list[float],
    each: timedelta,
    at: datetime,
) -> None:
    """The values of a metric of an instance's, one each so often, until now."""
    first = at - (len(values) - 1) * each
    aws.backend("cloudwatch", account, TOKYO).put_metric_data(
        "AWS/EC2",
        [
            {
                "MetricName": name,
                "Dimensions": [{"Name": "InstanceId", "Value": instance}],
                "Timestamp": naive(first + turn * each),
                "Value": value,
            }
            for turn, value in enumerate(values)
        ],
    )
