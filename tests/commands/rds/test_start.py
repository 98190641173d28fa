from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bot.operation import StepState
from playground.aws.faults import Fault, Kind
from tests.commands.desk import DEV_ID, TOKYO, Desk, left, targets
from tests.commands.rds.cellar import add, add_cluster, state


def test_stopped_databases_become_steps_and_the_others_are_named(desk: Desk) -> None:
    add(desk, "shop", env="dev").status = "stopped"
    add(desk, "reports", env="dev")
    plan = desk.plan("/rds start tag:env=dev")
    assert targets(plan.steps) == {"shop"}
    assert left(plan) == {"reports": "it is available"}


def test_started_is_what_is_available_not_what_was_answered(desk: Desk) -> None:
    add(desk, "shop").status = "stopped"
    desk.local.control.times.databases.start_takes = 600
    (row,) = desk.carry_out("/rds start shop", turns=3)
    assert row.state is StepState.AWAITING
    desk.local.control.advance(600)
    desk.house.work(passing=60, turns=2)
    assert [row.state for row in desk.house.steps(1)] == [StepState.DONE]


def test_a_cluster_starts_with_its_members(desk: Desk) -> None:
    cluster = add_cluster(desk, "orders", "orders-1", env="dev")
    cluster._status = cluster.status = "stopped"
    (row,) = desk.carry_out("/rds start orders")
    assert (row.state, cluster.status) == (StepState.DONE, "available")


def test_one_that_ends_in_a_broken_state_fails_with_what_rds_noted(desk: Desk) -> None:
    add(desk, "shop").status = "stopped"
    desk.local.control.times.databases.start_takes = None
    desk.carry_out("/rds start shop", turns=1)
    backend = desk.local.backend("rds", DEV_ID, TOKYO)
    backend.databases["shop"].status = "storage-full"
    backend.events = [
        SimpleNamespace(
            source_identifier="shop",
            source_type="db-instance",
            message="The free storage capacity for DB Instance: shop is low.",
            categories=["low storage"],
            date=datetime(2026, 11, 21, 3, 1, tzinfo=UTC),
        )
    ]
    desk.house.work(passing=60)
    (row,) = desk.house.steps(1)
    assert row.state is StepState.FAILED
    assert str(row.reason) == (
        "it is storage-full — RDS noted: 12:01:00 The free storage capacity for DB Instance: shop is low"
    )


def test_no_capacity_is_tried_again_within_its_time(desk: Desk) -> None:
    add(desk, "shop").status = "stopped"
    none_left = Fault(
        Kind.ERROR,
        action="StartDBInstance",
        code="InsufficientDBInstanceCapacity",
        message="none",
        status=400,
        times=2,
    )
    desk.local.control.order(none_left)
    (row,) = desk.carry_out("/rds start shop", turns=12, passing=60)
    assert row.state is StepState.DONE
    assert state(desk, "shop") == "available"


def test_the_time_limit_of_the_line_is_the_steps(desk: Desk) -> None:
    add(desk, "shop").status = "stopped"
    (step,) = desk.plan("/rds start shop --within 45m").steps
    assert step.within is not None
    assert step.within.total_seconds() == 45 * 60


@pytest.mark.parametrize("moving", ["starting", "available"])
def test_who_started_it_meanwhile_is_no_failure(desk: Desk, moving: str) -> None:
    database = add(desk, "shop", env="prod")
    database.status = "stopped"
    number = desk.house.asked("/rds start shop")
    database.status = moving
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=20)
    (row,) = desk.house.steps(number)
    assert row.state in (StepState.DONE, StepState.SKIPPED)
