from dataclasses import replace

import pytest

from aws.database import Database
from aws.tags import Tags
from bot.arguments import UsageError
from bot.operation import StepState
from commands.changes import stop_database
from playground.aws.faults import Fault, Kind
from tests.commands.desk import PROD_ID, TOKYO, Desk, left, targets
from tests.commands.rds.cellar import add, add_cluster, state


def test_available_databases_become_steps_and_the_others_are_named(desk: Desk) -> None:
    add(desk, "shop", env="dev")
    add(desk, "reports", env="dev").status = "backing-up"
    plan = desk.plan("/rds stop tag:env=dev")
    assert targets(plan.steps) == {"shop"}
    assert left(plan) == {"reports": "it is backing-up"}
    assert str(plan.summary) == "stop 1 of 2 databases"


def test_the_plan_says_that_aws_starts_it_again_after_seven_days(desk: Desk) -> None:
    add(desk, "shop")
    (note,) = desk.plan("/rds stop shop").notes
    assert "after 7 days, here on 2026-11-28 12:00" in str(note)


ANY = Database("shop", "available", "mysql", 7, None, Tags())


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (replace(ANY, source="main"), "it is a read replica of main: RDS cannot stop it"),
        (replace(ANY, replicas=("copy",)), "it has read replicas (copy): RDS cannot stop it"),
        (
            replace(ANY, engine="sqlserver-se", multi_az=True),
            "SQL Server in several zones: RDS cannot stop it",
        ),
        (replace(ANY, mode="serverless"), "Aurora Serverless v1 pauses by itself: RDS cannot stop it"),
        (replace(ANY, multi_az=True), "None"),
    ],
)
def test_what_rds_cannot_stop_is_left_with_the_reason(one: Database, why: str) -> None:
    assert str(stop_database.why_left(one)) == why


def test_it_has_stopped_when_rds_shows_it_and_not_before(desk: Desk) -> None:
    add(desk, "shop", env="dev")
    desk.local.control.times.databases.stop_takes = 90
    rows = desk.carry_out("/rds stop tag:env=dev", turns=3)
    assert [row.state for row in rows] == [StepState.AWAITING]
    desk.local.control.advance(60)
    desk.house.work(passing=60, turns=2)
    assert [row.state for row in desk.house.steps(1)] == [StepState.DONE]
    assert desk.local.control.count("StopDBInstance") == 1


def test_a_cluster_is_stopped_and_its_members_go_with_it(desk: Desk) -> None:
    cluster = add_cluster(desk, "orders", "orders-1", env="dev")
    plan = desk.plan("/rds stop tag:env=dev")
    assert [(step.target.type, step.target.id) for step in plan.steps] == [("database-cluster", "orders")]
    assert left(plan) == {"orders-1": "it starts and stops with its cluster orders"}
    (row,) = desk.carry_out("/rds stop tag:env=dev")
    assert (row.state, cluster.status) == (StepState.DONE, "stopped")


def test_a_second_call_while_it_is_stopping_is_no_failure(desk: Desk) -> None:
    """The answer to the first was cut off: RDS refuses what is under way."""
    add(desk, "shop", env="dev")
    desk.local.control.times.databases.stop_takes = 40
    desk.local.control.order(Fault(Kind.CUT_AFTER, action="StopDBInstance", times=1))
    (row,) = desk.carry_out("/rds stop shop")
    assert row.state is StepState.DONE
    assert state(desk, "shop") == "stopped"


def test_one_that_cannot_be_stopped_does_not_keep_the_others_from_it(desk: Desk) -> None:
    add(desk, "bad", env="dev")
    add(desk, "good", env="dev")
    refused = Fault(
        Kind.ERROR,
        action="StopDBInstance",
        params={"DBInstanceIdentifier": "bad"},
        code="InvalidDBInstanceState",
        status=400,
        message="no",
    )
    desk.local.control.order(refused)
    rows = {row.step.target.id: row for row in desk.carry_out("/rds stop tag:env=dev")}
    assert rows["good"].state is StepState.DONE
    assert rows["bad"].state is StepState.FAILED


def test_a_name_is_an_id_or_a_name_tag_and_a_slip_is_offered(desk: Desk) -> None:
    add(desk, "shop-test", env="staging")
    assert targets(desk.plan("/rds stop name:shop-*").steps) == {"shop-test"}
    with pytest.raises(UsageError, match="Did you mean tag:env=staging"):
        desk.plan("/rds stop tag:env=stagign")
    with pytest.raises(UsageError, match="shop-tset cannot be found"):
        desk.plan("/rds stop shop-tset")


def test_policy_sees_the_account_the_region_and_the_tags_of_a_database(desk: Desk) -> None:
    add(desk, "shop", account=PROD_ID, env="prod")
    (step,) = desk.plan("/rds stop shop").steps
    target = step.target
    assert (target.account, target.region, dict(target.tags)) == ("prod", TOKYO, {"env": "prod"})
