"""How a system does as AWS sees it: contract tests with replies written by hand, against AWS's models."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.probe import UNREAD, Kind, Probe
from bot.probing.answer import Answer
from bot.probing.asker import Asker
from bot.probing.aws import IAM, AwsAsker
from tests.canned import Answer as Canned
from tests.canned import CannedAccounts, Refusal

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ARN = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/web/0123456789abcdef"
SOMEWHERE = Probe("", Kind.HTTP, "", account="dev", region="ap-northeast-1")
TARGETS = replace(SOMEWHERE, name="web", kind=Kind.TARGETS, at="web", at_least=2)
LATENCY = replace(
    SOMEWHERE, name="slow", kind=Kind.METRIC, at="AWS/ApplicationELB/TargetResponseTime", at_most=0.5
)
COMMAND = replace(
    SOMEWHERE, name="nginx", kind=Kind.COMMAND, at="systemctl is-active nginx", on="i-0123456789abcdef0"
)
GROUPS = {"TargetGroups": [{"TargetGroupArn": ARN, "TargetGroupName": "web"}]}
SENT = {"Command": {"CommandId": "7f1c1f3e-3d0a-4b39-9d62-1f0c5a1b2c3d"}}


class World:
    """Asks an AWS that answers what the test says."""

    def __init__(self) -> None:
        self.made: list[CannedAccounts] = []
        self.slept: list[float] = []

    def ask(self, probe: Probe, **replies: Canned) -> Answer:
        return self.asker(**replies).ask(probe)

    def asker(self, **replies: Canned) -> AwsAsker:
        names = {"DescribeTarget": "elasticloadbalancing", "GetMetric": "monitoring"}
        named = {
            f"{next((of for begins, of in names.items() if name.startswith(begins)), 'ssm')}.{name}": reply
            for name, reply in replies.items()
        }
        self.made.append(CannedAccounts(named, role=None))
        return AwsAsker(self.made[-1], lambda: NOW, self.slept.append)


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    yield made
    for each in made.made:
        each.close()


def health(*states: str) -> Mapping[str, Any]:
    each = [{"Target": {"Id": f"i-{n}"}, "TargetHealth": {"State": one}} for n, one in enumerate(states)]
    return {"TargetHealthDescriptions": each}


def values(*found: float) -> Mapping[str, Any]:
    times = [NOW - timedelta(minutes=len(found) - number) for number in range(len(found))]
    return {"MetricDataResults": [{"Id": "m", "Timestamps": times, "Values": list(found)}]}


@pytest.mark.parametrize(
    ("states", "answer"),
    [
        (("healthy", "healthy", "draining"), Answer("", 2)),
        (("healthy", "unhealthy"), Answer("low", 1)),
        ((), Answer("low", 0)),
    ],
)
def test_healthy_targets_are_counted(world: World, states: tuple[str, ...], answer: Answer) -> None:
    replies: dict[str, Canned] = {"DescribeTargetGroups": GROUPS, "DescribeTargetHealth": health(*states)}
    assert world.ask(TARGETS, **replies) == answer


def test_a_groups_arn_is_looked_up_once(world: World) -> None:
    asker = world.asker(DescribeTargetGroups=GROUPS, DescribeTargetHealth=health("healthy"))
    for _ in range(3):
        asker.ask(TARGETS)
    assert [name.rpartition(".")[2] for name in world.made[0].asked] == [
        "DescribeTargetGroups",
        *["DescribeTargetHealth"] * 3,
    ]


def test_a_group_that_is_not_there_has_no_healthy_target(world: World) -> None:
    gone = Refusal("TargetGroupNotFound")
    assert world.ask(TARGETS, DescribeTargetGroups=gone) == Answer("low", 0)


def test_the_newest_value_of_a_metric_counts(world: World) -> None:
    assert world.ask(LATENCY, GetMetricData=values(9.0, 0.2)) == Answer("", 0.2)
    assert world.ask(LATENCY, GetMetricData=values(0.2, 0.9)) == Answer("high", 0.9)
    fewest = replace(LATENCY, at_least=0.5, at_most=None)
    assert world.ask(fewest, GetMetricData=values(0.2)) == Answer("low", 0.2)


def test_no_value_is_no_answer_but_a_count_of_nothing_is_0(world: World) -> None:
    assert world.ask(LATENCY, GetMetricData=values()) == Answer(UNREAD)
    assert world.ask(replace(LATENCY, statistic="Sum"), GetMetricData=values()) == Answer("", 0)


def test_a_metric_is_asked_for_with_its_dimensions(world: World) -> None:
    asked: list[Any] = []

    def reply(body: Any) -> Mapping[str, Any]:
        asked.append(body)
        return values(0.1)

    sides = (("LoadBalancer", "app/web/1"),)
    assert world.ask(replace(LATENCY, dimensions=sides, statistic="p99"), GetMetricData=reply).error == ""
    for part in ("AWS/ApplicationELB", "TargetResponseTime", "LoadBalancer", "app/web/1", "p99"):
        assert part in json.dumps(asked[0], default=str)


@pytest.mark.parametrize(
    ("status", "error"),
    [("Success", ""), ("Failed", "failed"), ("TimedOut", "timeout"), ("Cancelled", "timeout")],
)
def test_a_command_is_well_when_it_ends_with_0(world: World, status: str, error: str) -> None:
    code = 0 if status == "Success" else 3
    replies: dict[str, Canned] = {
        "SendCommand": SENT,
        "GetCommandInvocation": {"Status": status, "ResponseCode": code},
    }
    assert world.ask(COMMAND, **replies).error == error


def test_a_command_that_is_not_over_is_looked_at_again_until_its_time_is_up(world: World) -> None:
    looks = iter(["Pending", "InProgress", "Success"])

    def reply(_: object) -> Mapping[str, Any]:
        return {"Status": next(looks)}

    patient = replace(COMMAND, timeout=timedelta(seconds=30))
    assert world.ask(patient, SendCommand=SENT, GetCommandInvocation=reply).error == ""
    assert len(world.slept) == 2
    hasty = replace(COMMAND, timeout=timedelta(seconds=0.5))
    going: Canned = {"Status": "InProgress"}
    assert world.ask(hasty, SendCommand=SENT, GetCommandInvocation=going).error == "timeout"


def test_an_instance_that_takes_no_command_refuses(world: World) -> None:
    assert world.ask(COMMAND, SendCommand=Refusal("InvalidInstanceId")).error == "refused"


@pytest.mark.parametrize("code", ["AccessDenied", "ThrottlingException"])
def test_what_aws_does_not_say_is_no_error_of_the_system(world: World, code: str) -> None:
    assert world.ask(LATENCY, GetMetricData=Refusal(code)) == Answer(UNREAD)
    assert world.ask(COMMAND, SendCommand=Refusal(code)) == Answer(UNREAD)


def test_an_account_that_is_not_there_any_more_and_nobody_to_ask(world: World) -> None:
    assert world.ask(replace(LATENCY, account="gone")) == Answer(UNREAD)
    assert Asker()(LATENCY).error == UNREAD


def test_the_rights_that_probes_need_stand_in_the_docs() -> None:
    told = (Path(__file__).parents[3] / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert [one for each in IAM.values() for one in each if f'"{one}"' not in told] == []
