"""A failover to another region is prepared: canary, alarm, rule.  Synthetics is moto's with what it lacks."""

import tomllib
from typing import Any

import pytest

from bot.arguments import UsageError
from bot.misfit import misfit
from bot.operation import StepState
from bot.plan import Plan
from playground.aws import saying
from tests.commands.desk import DEV_ID, TOKYO, Desk, left
from tests.house import CHANNEL, OPERATOR

ROLE = f"arn:aws:iam::{DEV_ID}:role/canary"
TOPIC = f"arn:aws:sns:{TOKYO}:{DEV_ID}:on-duty"
HERE = f"--account dev --region {TOKYO}"
LINE = f"/failover prepare region https://shop.example.com/ --to us-west-2 --topic {TOPIC} {HERE}"
CANARY = f"{LINE} --role {ROLE} --artifacts s3://canaries/shop"
METRIC = f"{LINE} --metric AWS/ApplicationELB/TargetResponseTime --dimension LoadBalancer=app/web/1"


def alarm(desk: Desk) -> Any:
    cloudwatch = desk.local.client("cloudwatch", account=DEV_ID, region=TOKYO)
    (found,) = cloudwatch.describe_alarms()["MetricAlarms"]
    return found


def canaries(desk: Desk) -> dict[str, Any]:
    found = desk.local.client("synthetics", account=DEV_ID, region=TOKYO).describe_canaries()["Canaries"]
    return {one["Name"]: one for one in found}


def test_a_canary_is_made_and_runs_and_an_alarm_looks_at_how_long_it_takes(desk: Desk) -> None:
    rows = desk.carry_out(CANARY)
    assert {row.state for row in rows} == {StepState.DONE}, [str(row.reason) for row in rows]
    made = canaries(desk)["toban-shop-example-com"]
    assert made["Status"]["State"] == "RUNNING"
    assert (made["ExecutionRoleArn"], made["ArtifactS3Location"]) == (ROLE, "s3://canaries/shop")
    assert made["Schedule"]["Expression"] == "rate(5 minutes)"
    there = alarm(desk)
    assert there["ComparisonOperator"] == "GreaterThanUpperThreshold"
    assert there["AlarmActions"] == [TOPIC]
    band = {one["Id"]: one for one in there["Metrics"]}
    assert band[there["ThresholdMetricId"]]["Expression"] == "ANOMALY_DETECTION_BAND(m1, 3)"
    assert band["m1"]["MetricStat"]["Metric"]["Dimensions"] == [
        {"Name": "CanaryName", "Value": "toban-shop-example-com"}
    ]


def test_what_is_there_is_left_as_it_is(desk: Desk) -> None:
    desk.carry_out(CANARY)
    plan = desk.plan(LINE)
    assert plan.steps == ()
    assert left(plan) == {
        "toban-shop-example-com": "it runs already",
        "toban/shop.example.com/latency": "it is so already",
    }


def test_a_metric_that_is_there_needs_no_canary(desk: Desk) -> None:
    desk.carry_out(METRIC)
    assert canaries(desk) == {}
    stat = alarm(desk)["Metrics"][0]["MetricStat"]
    assert (stat["Metric"]["Namespace"], stat["Metric"]["MetricName"]) == (
        "AWS/ApplicationELB",
        "TargetResponseTime",
    )
    assert (stat["Stat"], stat["Period"]) == ("p90", 300)


def rule(plan: Plan) -> Any:
    assert plan.file is not None
    (one,) = tomllib.loads(plan.file.text)["rules"].values()
    return one


def test_the_rule_fits_the_alarm_and_asks_a_line_that_can_be_asked(desk: Desk) -> None:
    one = rule(desk.plan(CANARY))
    assert (one["channel"], one["owner"]) == (CHANNEL, OPERATOR)
    assert desk.parse(f"/{one['do']}").verb.name == "run-region"
    at = desk.house.time()
    event = saying.envelope(
        "aws.cloudwatch",
        "CloudWatch Alarm State Change",
        DEV_ID,
        at,
        {"alarmName": "toban/shop.example.com/latency", "state": {"value": "ALARM"}},
    )
    assert misfit(one["pattern"], event) is None
    other = {**event, "detail": {"alarmName": "another"}}
    assert misfit(one["pattern"], other) is not None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (LINE, "A canary needs --role and --artifacts"),
        (LINE.replace("https://", "ftp://"), "is no address"),
        (f"{LINE} --metric Latency", "is no namespace/name"),
        (f"{METRIC} --dimension web", "is no Name=Value"),
        (LINE.replace(HERE, ""), "Say with --account and --region where from: dev/ap-northeast-1"),
    ],
)
def test_what_is_missing_or_wrong_is_a_sentence(desk: Desk, line: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        desk.plan(line)
