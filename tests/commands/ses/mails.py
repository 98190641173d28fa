"""How mail stands, by hand."""

from datetime import timedelta
from typing import Any

from tests.commands.desk import DEV_ID, TOKYO, Desk

TOPIC = f"arn:aws:sns:{TOKYO}:{DEV_ID}:on-duty"


def stands(
    desk: Desk,
    account: str = DEV_ID,
    *,
    bounces: float | None = None,
    complaints: float | None = None,
    days: float = 0,
    **more: Any,
) -> None:
    """An account that sends, with rates that CloudWatch was told so many days ago."""
    desk.local.control.mail_stands(account, TOKYO, **more)
    cloudwatch = desk.local.client("cloudwatch", account=account, region=TOKYO)
    at = desk.house.time() - timedelta(days=days, minutes=30)
    for name, value in (("Reputation.BounceRate", bounces), ("Reputation.ComplaintRate", complaints)):
        if value is not None:
            data = [{"MetricName": name, "Timestamp": at, "Value": value}]
            cloudwatch.put_metric_data(Namespace="AWS/SES", MetricData=data)
