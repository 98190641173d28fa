"""Before traffic is shifted it is looked whether the other region can carry it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.arguments import UsageError
from bot.plan import Plan
from playground.aws.faults import Fault, Kind
from tests.commands.desk import DEV_ID, TOKYO, Desk
from tests.scenarios.region_given import (
    NAME,
    OREGON,
    a_check,
    a_fleet,
    a_pair,
    a_zone,
    an_address,
    an_alias,
    put,
    records,
    two_addresses,
    two_regions,
)

LINE = f"/failover run region {NAME} --to oregon"


def notes(plan: Plan) -> str:
    return " / ".join(map(str, plan.notes))


def warnings(plan: Plan) -> str:
    return " / ".join(str(warning) for step in plan.steps for warning in step.warnings)


def report_lag(desk: Desk, metric: str, dimension: str, value: float, name: str = "shop-replica") -> None:
    cloudwatch = desk.local.client("cloudwatch", account=DEV_ID, region=OREGON)
    at = desk.house.time.at - timedelta(minutes=1)
    sides = [{"Name": dimension, "Value": name}]
    data = [{"MetricName": metric, "Dimensions": sides, "Timestamp": at, "Value": value}]
    cloudwatch.put_metric_data(Namespace="AWS/RDS", MetricData=data)


def test_a_target_that_its_check_sees_ill_is_refused_or_shifted_all_the_same(lab: Desk) -> None:
    zone, check = two_addresses(lab.local), a_check(lab.local)
    put(lab.local, zone, {**records(lab.local, zone)["A oregon"], "HealthCheckId": check})
    assert "oregon is healthy: Success" in notes(lab.plan(LINE))
    lab.local.control.health_check_fails(check)
    with pytest.raises(UsageError, match="oregon is not ready: oregon is not healthy: Failure"):
        lab.plan(LINE)
    assert "oregon is not healthy: Failure" in warnings(lab.plan(f"{LINE} --anyway"))


def test_a_target_that_nobody_checks_is_a_warning(lab: Desk) -> None:
    two_addresses(lab.local)
    said = warnings(lab.plan(LINE))
    assert "no health check of Route 53 looks at oregon" in said
    assert "no load balancer that toban looks after is behind oregon" in said


def test_a_secondary_without_a_check_cannot_become_primary(lab: Desk) -> None:
    zone = a_pair(lab.local)
    bare = {
        key: value for key, value in records(lab.local, zone)["A oregon"].items() if key != "HealthCheckId"
    }
    put(lab.local, zone, bare)
    with pytest.raises(UsageError, match="a primary record needs one"):
        lab.plan(LINE)


def test_enough_healthy_targets_are_a_note(lab: Desk) -> None:
    two_regions(lab.local, here=2, there=3)
    plan = lab.plan(LINE)
    assert "web in us-west-2 has 3 healthy targets; 2 do the work now" in notes(plan)
    assert warnings(plan) == ""


def test_none_is_refused(lab: Desk) -> None:
    two_regions(lab.local, here=2, there=0)
    with pytest.raises(UsageError, match="none of the 0 targets of web is healthy"):
        lab.plan(LINE)


def test_too_few_say_how_many_to_scale_to(lab: Desk) -> None:
    two_regions(lab.local, here=3, there=1)
    assert "first `/asg scale web --desired 3`" in warnings(lab.plan(LINE))


def test_a_group_that_may_not_grow_enough_is_said(lab: Desk) -> None:
    two_regions(lab.local, here=3, there=1, largest=2)
    assert "its groups may grow by 1 only" in warnings(lab.plan(LINE))


def test_a_quota_that_is_too_small_is_said(lab: Desk) -> None:
    two_regions(lab.local, here=3, there=1)
    lab.ec2(region=OREGON).run_instances(
        ImageId="ami-12c6146b", MinCount=63, MaxCount=63, InstanceType="m5.large"
    )
    said = warnings(lab.plan(LINE))
    assert "allows 128 vCPUs, 128 run, and 2 instances more need 4" in said


def test_what_nobody_may_look_at_is_a_warning_and_no_refusal(lab: Desk) -> None:
    two_regions(lab.local)
    lab.local.control.order(Fault(Kind.DENY, action="DescribeLoadBalancers", account=DEV_ID))
    plan = lab.plan(LINE)
    assert "the load balancer behind oregon could not be looked at" in warnings(plan)
    assert len(plan.steps) == 4


@pytest.mark.parametrize(
    ("metric", "dimension", "value", "said"),
    [
        ("ReplicaLag", "DBInstanceIdentifier", 12.0, "shop-replica is 12.0 s behind its source"),
        ("AuroraGlobalDBReplicationLag", "DBClusterIdentifier", 900.0, "shop-replica is 0.9 s behind"),
    ],
)
def test_a_replica_that_follows_is_a_note(
    lab: Desk, metric: str, dimension: str, value: float, said: str
) -> None:
    two_regions(lab.local)
    report_lag(lab, metric, dimension, value)
    assert said in notes(lab.plan(f"{LINE} --replica shop-replica"))


@pytest.mark.parametrize(
    ("value", "why"),
    [(-1.0, "shop-replica does not follow its source"), (31.0, "is 31.0 s behind its source; it may be")],
)
def test_one_that_does_not_is_refused(lab: Desk, value: float, why: str) -> None:
    two_regions(lab.local)
    report_lag(lab, "ReplicaLag", "DBInstanceIdentifier", value)
    with pytest.raises(UsageError, match=why):
        lab.plan(f"{LINE} --replica shop-replica")
    if value > 0:
        assert lab.plan(f"{LINE} --replica shop-replica --most-lag 1m").steps


def test_one_that_no_metric_knows_is_refused(lab: Desk) -> None:
    two_regions(lab.local)
    with pytest.raises(UsageError, match="no metric of us-west-2 says how far shop-replica is behind"):
        lab.plan(f"{LINE} --replica shop-replica")
    assert "no database was looked at" in notes(lab.plan(LINE))


def test_what_follows_in_the_other_region_is_watched(lab: Desk) -> None:
    two_regions(lab.local)
    number = lab.see_through(f"{LINE} --for 10m")
    found = lab.house.path.drills.get(number)
    assert found is not None
    assert [(one.region, one.kind, one.id) for one in found.spec.watched] == [(OREGON, "group", "web")]


def test_of_several_at_home_all_are_counted(lab: Desk) -> None:
    zone: Any = a_zone(lab.local)
    home = an_alias(a_fleet(lab.local, TOKYO, 4), SetIdentifier="tokyo", Weight=9)
    away = an_alias(a_fleet(lab.local, OREGON, 4), SetIdentifier="oregon", Weight=1)
    put(lab.local, zone, home, away, an_address(SetIdentifier="old", Weight=0))
    assert "has 4 healthy targets; 4 do the work now" in notes(lab.plan(LINE))
