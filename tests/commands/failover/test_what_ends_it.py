"""The alarms that end a failure test, and what it costs: both are looked at before anybody agrees."""

from typing import Any

import pytest

from bot.arguments import UsageError
from tests.commands.desk import DEV_ID, TOKYO, Desk
from tests.scenarios.zone_given import ZONE, given


@pytest.fixture
def vpc(lab: Desk) -> str:
    return given(lab.local)


def alarm(lab: Desk, name: str, state: str = "OK") -> None:
    cloudwatch: Any = lab.local.client("cloudwatch", account=DEV_ID, region=TOKYO)
    cloudwatch.put_metric_alarm(
        AlarmName=name,
        Namespace="Shop",
        MetricName="Errors",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
    )
    cloudwatch.set_alarm_state(AlarmName=name, StateValue=state, StateReason="so")


def test_an_alarm_that_is_there_ends_it_when_it_rings(lab: Desk, vpc: str) -> None:
    alarm(lab, "shop-5xx")
    plan = lab.plan(f"/failover run zone {ZONE} --vpc {vpc} --stop-alarm shop-5xx")
    assert "or when shop-5xx rings" in " / ".join(map(str, plan.notes))


def test_an_alarm_that_is_not_there_would_end_nothing_and_is_refused(lab: Desk, vpc: str) -> None:
    alarm(lab, "shop-5xx")
    with pytest.raises(UsageError, match="There is no alarm shop-5x in dev/ap-northeast-1"):
        lab.plan(f"/failover run zone {ZONE} --vpc {vpc} --stop-alarm shop-5xx --stop-alarm shop-5x")


def test_an_alarm_that_rings_already_is_refused(lab: Desk, vpc: str) -> None:
    alarm(lab, "shop-5xx", "ALARM")
    with pytest.raises(UsageError, match="The alarm shop-5xx rings already"):
        lab.plan(f"/failover run zone {ZONE} --vpc {vpc} --stop-alarm shop-5xx")


def test_what_groups_may_launch_meanwhile_has_a_price(lab: Desk, vpc: str) -> None:
    plan = lab.plan(f"/failover run zone {ZONE} --vpc {vpc}")
    costs = [str(note) for note in plan.notes if "costs nothing" in str(note) or "an hour" in str(note)]
    assert costs[0] == "it costs nothing by itself: AWS charges nothing for these changes"
    assert costs[1].startswith("its groups may launch 1 instance in another's stead: $0.")
