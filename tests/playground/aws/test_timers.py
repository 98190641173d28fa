"""EventBridge Scheduler of the local AWS: each answer is held against botocore's model of it.

That shows that its shapes are AWS's; what it does is as its pages say, and nobody has asked AWS.  It really
makes the calls, over moto, at its time.
"""

import json
from datetime import timedelta
from typing import Any

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.canned import hold_against_model
from tests.playground.aws.conftest import ONCE, PRODUCTION

ROLE = f"arn:aws:iam::{PRODUCTION}:role/toban-timer"
START = "arn:aws:scheduler:::aws-sdk:ec2:startInstances"


def ask(scheduler: Any, operation: str, **asked: Any) -> dict[str, Any]:
    """The answer to a call, once it was held against the model."""
    answer: dict[str, Any] = getattr(scheduler, xform_name(operation))(**asked)
    answer.pop("ResponseMetadata")
    hold_against_model(scheduler.meta.service_model.operation_model(operation), answer)
    return answer


@pytest.fixture
def scheduler(aws: LocalAws) -> Any:
    return aws.client("scheduler", account=PRODUCTION, config=ONCE)


def wanted(
    aws: LocalAws, target: str, given: object, *, seconds: int = 300, role: str = ROLE
) -> dict[str, Any]:
    at = aws.control.timers.now() + timedelta(seconds=seconds)
    return {
        "Name": "toban-7-widen",
        "ScheduleExpression": f"at({at:%Y-%m-%dT%H:%M:%S})",
        "ScheduleExpressionTimezone": "UTC",
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "ActionAfterCompletion": "DELETE",
        "Target": {"Arn": target, "RoleArn": role, "Input": json.dumps(given)},
    }


def names(scheduler: Any, prefix: str = "toban-7-") -> list[str]:
    return [one["Name"] for one in ask(scheduler, "ListSchedules", NamePrefix=prefix)["Schedules"]]


def code(error: pytest.ExceptionInfo[ClientError]) -> str:
    return error.value.response["Error"]["Code"]


def stopped(ec2: Any, instance: str) -> str:
    ec2.stop_instances(InstanceIds=[instance])
    return instance


def state(ec2: Any, instance: str) -> str:
    found = ec2.describe_instances(InstanceIds=[instance])
    return str(found["Reservations"][0]["Instances"][0]["State"]["Name"])


def test_it_makes_its_call_at_its_time_and_is_gone(
    aws: LocalAws, scheduler: Any, ec2: Any, instance: str
) -> None:
    stopped(ec2, instance)
    made = ask(scheduler, "CreateSchedule", **wanted(aws, START, {"InstanceIds": [instance]}))
    assert made["ScheduleArn"].endswith(":schedule/default/toban-7-widen")
    aws.control.advance(298)
    assert state(ec2, instance) == "stopped"
    assert names(scheduler) == ["toban-7-widen"]
    aws.control.advance(3)
    assert state(ec2, instance) == "running"
    assert names(scheduler) == []
    assert [one.outcome for one in aws.control.timers.ran] == ["ok"]


def test_one_that_is_deleted_is_not_called(aws: LocalAws, scheduler: Any, ec2: Any, instance: str) -> None:
    stopped(ec2, instance)
    ask(scheduler, "CreateSchedule", **wanted(aws, START, {"InstanceIds": [instance]}))
    ask(scheduler, "DeleteSchedule", Name="toban-7-widen")
    aws.control.advance(301)
    assert state(ec2, instance) == "stopped"
    with pytest.raises(ClientError) as gone:
        ask(scheduler, "DeleteSchedule", Name="toban-7-widen")
    assert code(gone) == "ResourceNotFoundException"


def test_the_same_again_is_the_same_and_another_of_that_name_a_conflict(
    aws: LocalAws, scheduler: Any
) -> None:
    first = wanted(aws, START, {"InstanceIds": ["i-1"]})
    ask(scheduler, "CreateSchedule", **first, ClientToken="t")
    ask(scheduler, "CreateSchedule", **first, ClientToken="t")
    other = {**first, "Target": {**first["Target"], "Input": "{}"}}
    with pytest.raises(ClientError) as conflict:
        ask(scheduler, "CreateSchedule", **other, ClientToken="t")
    assert code(conflict) == "ConflictException"


def test_written_anew_it_comes_later(aws: LocalAws, scheduler: Any, ec2: Any, instance: str) -> None:
    stopped(ec2, instance)
    ask(scheduler, "CreateSchedule", **wanted(aws, START, {"InstanceIds": [instance]}))
    ask(scheduler, "UpdateSchedule", **wanted(aws, START, {"InstanceIds": [instance]}, seconds=600))
    shown = ask(scheduler, "GetSchedule", Name="toban-7-widen")
    assert (shown["State"], shown["Target"]["Arn"]) == ("ENABLED", START)
    aws.control.advance(301)
    assert state(ec2, instance) == "stopped"


def test_a_call_that_aws_refuses_at_its_time_changes_nothing(aws: LocalAws, scheduler: Any) -> None:
    ask(scheduler, "CreateSchedule", **wanted(aws, START, {"InstanceIds": ["i-0123456789abcdef0"]}))
    aws.control.advance(301)
    assert [one.outcome for one in aws.control.timers.ran] == ["InvalidInstanceID.NotFound"]


@pytest.mark.parametrize(
    ("target", "given"),
    [
        ("arn:aws:scheduler:::aws-sdk:ec2:describeInstances", {}),
        ("arn:aws:scheduler:::aws-sdk:ec2:noSuchThing", {}),
        ("arn:aws:scheduler:::aws-sdk:telepathy:think", {}),
        (START, {"instanceIds": ["i-1"]}),
        (  # as botocore spells it, and not the SDK for Java
            "arn:aws:scheduler:::aws-sdk:autoscaling:updateAutoScalingGroup",
            {"AutoScalingGroupName": "web", "VPCZoneIdentifier": "subnet-1"},
        ),
    ],
)
def test_what_is_no_call_is_refused_at_once(
    aws: LocalAws, scheduler: Any, target: str, given: object
) -> None:
    with pytest.raises(ClientError) as refused:
        ask(scheduler, "CreateSchedule", **wanted(aws, target, given))
    assert code(refused) == "ValidationException"


def test_a_role_of_another_account_and_the_past_are_refused(aws: LocalAws, scheduler: Any) -> None:
    for more in ({"role": "arn:aws:iam::222222222222:role/toban-timer"}, {"seconds": -60}):
        with pytest.raises(ClientError) as refused:
            ask(scheduler, "CreateSchedule", **wanted(aws, START, {}, **more))
        assert code(refused) == "ValidationException"


def test_it_goes_by_the_time_that_it_is_told(aws: LocalAws, scheduler: Any) -> None:
    early = aws.control.timers.now() - timedelta(days=9)
    aws.control.timers_now(early.isoformat())
    ask(scheduler, "CreateSchedule", **wanted(aws, START, {"InstanceIds": ["i-1"]}))
    assert names(scheduler) == ["toban-7-widen"]
    assert aws.control.timers.now() - early < timedelta(minutes=1)


def test_the_log_of_calls_names_them_as_aws_does(aws: LocalAws, scheduler: Any) -> None:
    ask(scheduler, "CreateSchedule", **wanted(aws, START, {}))
    names(scheduler)
    assert aws.control.count("CreateSchedule") == aws.control.count("ListSchedules") == 1
