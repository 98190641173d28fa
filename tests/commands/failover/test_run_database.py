"""A database fails over in a drill; the failover itself is the local AWS's, which is tested by itself."""

from typing import Any

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from playground.aws.faults import Fault, Kind
from tests.commands.desk import DEV_ID, PROD_ID, TOKYO, Desk
from tests.commands.rds.cellar import add, add_cluster, rds

A, C = f"{TOKYO}a", f"{TOKYO}c"
ALLOWED = {"env": "dev", "toban:chaos": "allowed"}
MULTI_AZ = {"MultiAZ": True, "AvailabilityZone": A}


def cluster(lab: Desk, *zones: str) -> None:
    add_cluster(lab, "orders", "orders-1", **ALLOWED)
    for number, zone in enumerate(zones, 2):
        rds(lab).create_db_instance(
            DBInstanceIdentifier=f"orders-{number}",
            DBInstanceClass="db.r7g.large",
            Engine="aurora-mysql",
            DBClusterIdentifier="orders",
            AvailabilityZone=zone,
        )


def primary(lab: Desk, name: str) -> Any:
    return lab.local.control.database_stands(name, DEV_ID)


def test_a_database_fails_over_in_a_drill(lab: Desk) -> None:
    add(lab, "shop-db", more=MULTI_AZ, **ALLOWED)
    lab.local.control.databases_fail_over()
    rows = lab.carry_out("/failover run database shop-db", turns=10)
    assert [(row.step.action, row.state) for row in rows] == [
        ("failover.steady", StepState.DONE),
        ("failover.fail-over-database", StepState.DONE),
        ("failover.recovered", StepState.DONE),
    ]
    assert primary(lab, "shop-db").primary == C


def test_the_plan_says_what_to_expect_and_that_it_stays(lab: Desk) -> None:
    add(lab, "shop-db", more=MULTI_AZ, **ALLOWED)
    plan = lab.plan("/failover run database shop-db")
    assert str(plan.summary) == "a failure test: fail over the database shop-db"
    assert any("60 to 120 s" in str(note) for note in plan.notes)
    (fault,) = (step for step in plan.steps if step.action == "failover.fail-over-database")
    assert "there is no way back" in str(fault.warnings[-1])
    assert plan.steps[0].key in fault.needs


@pytest.mark.parametrize(
    ("more", "status", "why"),
    [
        ({"AvailabilityZone": A}, "available", f"it is in one zone only ({A}): there is no standby."),
        (MULTI_AZ, "backing-up", "shop-db cannot be failed over: it is backing-up."),
    ],
)
def test_what_cannot_fail_over_is_refused(lab: Desk, more: Any, status: str, why: str) -> None:
    add(lab, "shop-db", more=more).status = status
    with pytest.raises(UsageError, match=why.replace("(", r"\(").replace(")", r"\)")):
        lab.plan("/failover run database shop-db")


def test_a_read_replica_is_refused(lab: Desk) -> None:
    add(lab, "shop-db", more=MULTI_AZ)
    rds(lab).create_db_instance_read_replica(
        DBInstanceIdentifier="copy", SourceDBInstanceIdentifier="shop-db"
    )
    with pytest.raises(UsageError, match="it is a read replica of shop-db"):
        lab.plan("/failover run database copy")


def test_an_answer_that_is_cut_off_ends_as_unknown_and_is_no_second_try(lab: Desk) -> None:
    add(lab, "shop-db", more=MULTI_AZ, **ALLOWED)
    lab.local.control.order(Fault(Kind.CUT_AFTER, action="RebootDBInstance", times=1))
    rows = lab.carry_out("/failover run database shop-db", turns=10)
    assert [row.state for row in rows] == [StepState.DONE, StepState.UNKNOWN, StepState.DONE]
    assert lab.local.control.count("RebootDBInstance") == 1


def test_a_cluster_fails_over_to_a_reader_in_another_zone(lab: Desk) -> None:
    cluster(lab, A, C)
    plan = lab.plan("/failover run database orders")
    assert any(
        f"orders-3 ({C}) becomes the writer instead of orders-1 ({A})" in str(one) for one in plan.notes
    )
    assert any("30 to 60 s" in str(note) for note in plan.notes)
    rows = lab.carry_out("/failover run database orders", turns=10)
    assert [row.state for row in rows] == 3 * [StepState.DONE]
    assert primary(lab, "orders").writer == "orders-3"


def test_a_cluster_fails_over_to_the_reader_that_is_named(lab: Desk) -> None:
    cluster(lab, A, C)
    plan = lab.plan("/failover run database orders --to orders-2")
    (fault,) = (step for step in plan.steps if step.action == "failover.fail-over-cluster")
    assert dict(fault.inputs) == {"reader": "orders-2"}
    with pytest.raises(UsageError, match="orders-9 is no reader of orders that is available"):
        lab.plan("/failover run database orders --to orders-9")


def test_a_cluster_without_an_available_reader_is_refused(lab: Desk) -> None:
    cluster(lab)
    with pytest.raises(UsageError, match="it has no reader: nothing can take over"):
        lab.plan("/failover run database orders")
    reader = rds(lab).create_db_instance(
        DBInstanceIdentifier="orders-2",
        DBInstanceClass="db.r7g.large",
        Engine="aurora-mysql",
        DBClusterIdentifier="orders",
    )["DBInstance"]["DBInstanceIdentifier"]
    lab.local.backend("rds", DEV_ID, TOKYO).databases[reader].status = "modifying"
    with pytest.raises(UsageError, match="no reader of it is available"):
        lab.plan("/failover run database orders")


def test_a_member_of_a_cluster_is_refused_with_the_clusters_name(lab: Desk) -> None:
    cluster(lab, C)
    with pytest.raises(UsageError, match="it is a member of the cluster orders: fail that over"):
        lab.plan("/failover run database orders-2")


def test_an_instance_has_no_choice_of_a_reader(lab: Desk) -> None:
    add(lab, "shop-db", more=MULTI_AZ)
    with pytest.raises(UsageError, match="shop-db is no cluster"):
        lab.plan("/failover run database shop-db --to shop-2")


def test_a_name_in_two_accounts_must_say_which(lab: Desk) -> None:
    for account in (DEV_ID, PROD_ID):
        add(lab, "shop-db", account=account, more=MULTI_AZ)
    with pytest.raises(UsageError, match="in several places: dev/ap-northeast-1, prod/ap-northeast-1"):
        lab.plan("/failover run database shop-db")
    assert lab.plan("/failover run database shop-db --account prod").steps[1].target.account == "prod"


def test_a_name_that_is_nowhere_is_told_apart_from_a_place_that_is_closed(lab: Desk) -> None:
    with pytest.raises(UsageError, match="cannot be found"):
        lab.plan("/failover run database nobody")
    lab.deny("DescribeDBInstances")
    with pytest.raises(UsageError, match="nobody may be where nobody could look"):
        lab.plan("/failover run database nobody")
