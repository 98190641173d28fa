"""A timer at AWS, over canned replies of EventBridge Scheduler that are held against botocore's model."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from aws import timer
from aws.errors import Denied, Refused
from aws.prepared import Prepared
from aws.timer import Timer
from tests.canned import ACCOUNT_ID, TOKYO, Answer, CannedAccounts, Refusal

ROLE = f"arn:aws:iam::{ACCOUNT_ID}:role/toban-timer"
AT = datetime(2026, 11, 21, 12, 7, 30, tzinfo=timezone(timedelta(hours=9)))
TIMER = Timer(
    "toban-7-a-b", AT, Prepared("ec2", "StartInstances", {"InstanceIds": ["i-1"]}), ROLE, "toban #7"
)
MADE = {"ScheduleArn": f"arn:aws:scheduler:ap-northeast-1:{ACCOUNT_ID}:schedule/default/toban-7-a-b"}
GONE = Refusal("ResourceNotFoundException", status=404)


def scheduler(**replies: Answer) -> timer.Client:
    return timer.client(CannedAccounts({f"scheduler.{name}": one for name, one in replies.items()}), TOKYO)


def test_it_is_called_once_at_its_moment_in_utc_and_then_gone() -> None:
    asked: list[Any] = []

    def made(body: Mapping[str, Any]) -> Mapping[str, Any]:
        asked.append(json.loads(body))  # type: ignore[arg-type] # a body of JSON
        return MADE

    assert timer.put(scheduler(CreateSchedule=made), TIMER, "token") == "canned"
    (one,) = asked
    assert one["ScheduleExpression"] == "at(2026-11-21T03:07:30)"
    assert AT.astimezone(UTC).hour == 3
    assert (one["ScheduleExpressionTimezone"], one["ActionAfterCompletion"]) == ("UTC", "DELETE")
    assert (one["FlexibleTimeWindow"], one["ClientToken"]) == ({"Mode": "OFF"}, "token")
    assert one["Target"]["Arn"] == "arn:aws:scheduler:::aws-sdk:ec2:startInstances"
    assert one["Target"]["RoleArn"] == ROLE
    assert json.loads(one["Target"]["Input"]) == {"InstanceIds": ["i-1"]}
    assert one["Target"]["RetryPolicy"]["MaximumEventAgeInSeconds"] == 900


def test_one_that_is_set_already_is_set_to_this_moment() -> None:
    replies: dict[str, Answer] = {
        "CreateSchedule": Refusal("ConflictException", status=409),
        "UpdateSchedule": MADE,
    }
    assert timer.put(scheduler(**replies), TIMER, "token") == "canned"


@pytest.mark.parametrize(
    ("code", "kind"), [("ValidationException", Refused), ("AccessDeniedException", Denied)]
)
def test_a_role_that_cannot_be_taken_is_said(code: str, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        timer.put(scheduler(CreateSchedule=Refusal(code)), TIMER, "token")


def test_one_that_is_over_is_there_no_more_and_needs_no_deletion() -> None:
    gone = scheduler(GetSchedule=GONE, DeleteSchedule=GONE)
    assert not timer.there(gone, "toban-7-a-b")
    assert timer.delete(gone, "toban-7-a-b") == ""
    assert timer.delete(scheduler(DeleteSchedule={}), "toban-7-a-b") == "canned"
    assert timer.there(scheduler(GetSchedule={"Name": "toban-7-a-b"}), "toban-7-a-b")


def test_they_are_found_by_how_their_names_begin() -> None:
    listed = scheduler(ListSchedules={"Schedules": [{"Name": "toban-7-a-b"}, {"Name": "toban-7-c-d"}]})
    assert list(timer.named(listed, "toban-7-")) == ["toban-7-a-b", "toban-7-c-d"]
