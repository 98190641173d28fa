from collections.abc import Iterator
from typing import Any

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from tests.commands.desk import DEV_ID, OREGON, PROD_ID, TOKYO, Desk, left, unread

TOPIC = f"arn:aws:sns:{TOKYO}:{DEV_ID}:on-duty"
LINE = f"/backup watch --topic {TOPIC}"


def cloudwatch(desk: Desk, account: str = DEV_ID, region: str = TOKYO) -> Any:
    return desk.local.client("cloudwatch", account=account, region=region)


def alarms(desk: Desk, account: str = DEV_ID, region: str = TOKYO) -> Iterator[dict[str, Any]]:
    yield from cloudwatch(desk, account, region).describe_alarms()["MetricAlarms"]


def test_an_alarm_rings_when_no_good_night_was_told_of_also_when_nothing_comes_at_all(desk: Desk) -> None:
    (row,) = desk.carry_out(LINE)
    assert row.state is StepState.DONE
    (alarm,) = alarms(desk)
    assert (alarm["Namespace"], alarm["MetricName"]) == ("toban", "LastGoodNight")
    assert alarm["TreatMissingData"] == "breaching"
    assert alarm["ComparisonOperator"] == "LessThanThreshold"
    assert alarm["Period"] * alarm["EvaluationPeriods"] == 30 * 3600
    assert alarm["AlarmActions"] == [TOPIC]


def test_it_is_made_in_the_first_place_and_elsewhere_when_named(desk: Desk) -> None:
    (step,) = desk.plan(LINE).steps
    assert (step.target.account, step.target.region) == ("dev", TOKYO)
    oregon = f"/backup watch --topic arn:aws:sns:{OREGON}:{DEV_ID}:on-duty --region {OREGON}"
    (step,) = desk.plan(oregon).steps
    assert step.target.region == OREGON
    both = desk.plan(f"{LINE} --account dev --account prod")
    assert [step.target.account for step in both.steps] == ["dev", "prod"]


def test_an_alarm_where_no_night_is_told_of_warns_that_it_rings_all_the_time(desk: Desk) -> None:
    (here,) = desk.plan(LINE).steps
    assert here.warnings == ()
    (there,) = desk.plan(f"{LINE} --account prod").steps
    assert [str(one) for one in there.warnings] == [
        f"nights are told of in dev/{TOKYO} only: an alarm elsewhere rings all the time"
    ]


def test_an_alarm_that_is_there_already_is_left_as_it_is(desk: Desk) -> None:
    desk.carry_out(LINE)
    plan = desk.plan(LINE)
    assert plan.steps == ()
    assert left(plan) == {"toban-last-good-night": "it is so already"}


def test_an_alarm_that_somebody_changed_is_mended(desk: Desk) -> None:
    desk.carry_out(LINE)
    (step,) = desk.plan(f"{LINE}-2").steps
    assert dict(step.before)["topic"] == TOPIC
    desk.carry_out(f"{LINE}-2")
    (alarm,) = alarms(desk)
    assert alarm["AlarmActions"] == [f"{TOPIC}-2"]


def test_what_is_no_topic_or_one_of_another_region_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageError, match="no ARN of an SNS topic"):
        desk.plan("/backup watch --topic on-duty")
    with pytest.raises(UsageError, match="its own region only"):
        desk.plan(f"/backup watch --topic arn:aws:sns:us-east-1:{DEV_ID}:on-duty")


def test_an_account_that_cannot_be_read_gets_no_alarm(desk: Desk) -> None:
    desk.deny("DescribeAlarms", PROD_ID)
    plan = desk.plan(f"{LINE} --account prod")
    assert plan.steps == ()
    assert list(unread(plan)) == [("prod", TOKYO)]
