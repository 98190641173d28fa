"""CloudWatch's own alarms, by hand and as they are there."""

from inspect import signature
from typing import Any

from tests.commands.desk import DEV_ID, TOKYO, Desk

TOPIC = f"arn:aws:sns:{TOKYO}:{DEV_ID}:on-duty"


def cloudwatch(desk: Desk, account: str = DEV_ID, region: str = TOKYO) -> Any:
    return desk.local.client("cloudwatch", account=account, region=region)


def there(desk: Desk, account: str = DEV_ID) -> dict[str, dict[str, Any]]:
    """The alarms of one metric in Tokyo, by their names."""
    return {one["AlarmName"]: one for one in cloudwatch(desk, account).describe_alarms()["MetricAlarms"]}


def put(desk: Desk, name: str, instance: str, **more: Any) -> None:
    """An alarm on the CPU of an instance."""
    cloudwatch(desk).put_metric_alarm(
        AlarmName=name,
        Namespace="AWS/EC2",
        MetricName="CPUUtilization",
        Dimensions=[{"Name": "InstanceId", "Value": instance}],
        Statistic="Average",
        Period=300,
        EvaluationPeriods=3,
        Threshold=80,
        ComparisonOperator="GreaterThanThreshold",
        **more,
    )


def put_over_both(desk: Desk, name: str, *instances: str) -> None:
    """An alarm on the sum of the CPUs of instances."""
    queries = [
        {
            "Id": f"m{number}",
            "MetricStat": {
                "Metric": {
                    "Namespace": "AWS/EC2",
                    "MetricName": "CPUUtilization",
                    "Dimensions": [{"Name": "InstanceId", "Value": one}],
                },
                "Period": 300,
                "Stat": "Average",
            },
            "ReturnData": False,
        }
        for number, one in enumerate(instances)
    ]
    total = {"Id": "total", "Expression": "SUM(METRICS())", "ReturnData": True}
    cloudwatch(desk).put_metric_alarm(
        AlarmName=name,
        Metrics=[*queries, total],
        EvaluationPeriods=1,
        Threshold=150,
        ComparisonOperator="GreaterThanThreshold",
    )


def composite(desk: Desk, name: str, rule: str) -> None:
    """An alarm of alarms, which moto keeps and cannot be asked for."""
    backend = desk.local.backend("cloudwatch", DEV_ID, TOKYO)
    nothing = dict.fromkeys(signature(backend.put_metric_alarm).parameters)
    lists: dict[str, list[str]] = {
        one: [] for one in ("dimensions", "alarm_actions", "ok_actions", "insufficient_data_actions")
    }
    backend.put_metric_alarm(**{**nothing, **lists, "name": name, "rule": rule, "actions_enabled": True})
