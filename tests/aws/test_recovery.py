"""Which alarms bring an instance back; where AWS has other partitions, their ARNs are others."""

import pytest

from aws import recovery
from aws.recovery import CheckAlarm
from tests.canned import TOKYO, CannedAccounts

RECOVER = "arn:aws:automate:ap-northeast-1:ec2:recover"


def raw(name: str, **more: object) -> dict[str, object]:
    """An alarm as CloudWatch shows it."""
    known = {
        "AlarmName": name,
        "Namespace": "AWS/EC2",
        "MetricName": "StatusCheckFailed_System",
        "Dimensions": [{"Name": "InstanceId", "Value": "i-1"}],
        "ActionsEnabled": True,
        "AlarmActions": [RECOVER],
    }
    return known | more


def test_only_alarms_on_status_checks_of_one_instance_are_meant() -> None:
    found = [
        raw("recovers"),
        raw("of a group", Dimensions=[{"Name": "AutoScalingGroupName", "Value": "web"}]),
        raw("of the processor", MetricName="CPUUtilization"),
        raw("of another service", Namespace="AWS/RDS"),
    ]
    aws = CannedAccounts({"monitoring.DescribeAlarms": {"MetricAlarms": found}})
    assert [one.name for one in recovery.alarms(aws.cloudwatch(TOKYO))] == ["recovers"]


def test_an_alarm_whose_actions_are_switched_off_recovers_nothing() -> None:
    aws = CannedAccounts({"monitoring.DescribeAlarms": {"MetricAlarms": [raw("off", ActionsEnabled=False)]}})
    (one,) = recovery.alarms(aws.cloudwatch(TOKYO))
    assert (one.actions, one.recovers) == ((), False)


@pytest.mark.parametrize(
    ("metric", "action", "recovers"),
    [
        ("StatusCheckFailed_System", RECOVER, True),
        ("StatusCheckFailed", RECOVER, True),
        ("StatusCheckFailed_Instance", RECOVER, False),
        ("StatusCheckFailed_System", "arn:aws:automate:ap-northeast-1:ec2:reboot", False),
        ("StatusCheckFailed_System", "arn:aws:sns:ap-northeast-1:123456789012:ec2:recover-us", False),
    ],
)
def test_recovery_needs_the_check_of_the_hardware_and_its_action(
    metric: str, action: str, recovers: bool
) -> None:
    assert CheckAlarm("x", "i-1", metric, (action,)).recovers is recovers


@pytest.mark.parametrize(
    ("region", "arn"),
    [("ap-northeast-1", RECOVER), ("cn-north-1", "arn:aws-cn:automate:cn-north-1:ec2:recover")],
)
def test_the_action_is_named_as_in_its_partition(region: str, arn: str) -> None:
    sent: list[object] = []

    def keep(asked: object) -> dict[str, object]:
        sent.append(asked)
        return {}

    aws = CannedAccounts({"monitoring.PutMetricAlarm": keep})
    recovery.put_alarm(aws.cloudwatch(TOKYO), "toban-recover-i-1", "i-1", region)
    assert arn in str(sent)
