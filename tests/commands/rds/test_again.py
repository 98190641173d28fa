"""RDS's events are written into moto's state as RDS words them; moto has no such start of its own."""

from datetime import datetime, timedelta
from types import SimpleNamespace

from bot.operation import StepState
from tests.commands.desk import DEV_ID, TOKYO, Desk, left, targets
from tests.commands.rds.cellar import add, state

BY_AWS = "DB instance is being started due to it exceeding the maximum allowed time being stopped."
BY_SOMEBODY = "DB instance started"


def note(desk: Desk, name: str, message: str, at: datetime | None = None) -> None:
    """An event of RDS's own."""
    desk.local.backend("rds", DEV_ID, TOKYO).events.append(
        SimpleNamespace(
            source_identifier=name,
            source_type="db-instance",
            message=message,
            categories=["notification"],
            date=at or desk.house.time.at,
        )
    )


def stopped_for_a_week(desk: Desk, name: str) -> None:
    desk.carry_out(f"/rds stop {name}")
    assert state(desk, name) == "stopped"
    desk.house.time.pass_(days=7)
    desk.local.backend("rds", DEV_ID, TOKYO).databases[name].status = "available"


def test_a_database_that_aws_started_after_seven_days_is_stopped_again(desk: Desk) -> None:
    add(desk, "shop")
    stopped_for_a_week(desk, "shop")
    note(desk, "shop", BY_AWS)
    (row,) = desk.carry_out("/rds again")
    assert (row.state, state(desk, "shop")) == (StepState.DONE, "stopped")


def test_one_that_somebody_started_without_toban_stays_up(desk: Desk) -> None:
    add(desk, "shop")
    stopped_for_a_week(desk, "shop")
    note(desk, "shop", BY_SOMEBODY)
    plan = desk.plan("/rds again")
    assert plan.steps == ()
    assert left(plan) == {"shop": "somebody started it without toban since it was stopped: it stays up"}


def test_one_that_toban_started_last_stays_up(desk: Desk) -> None:
    """Whoever stopped it since did so without toban."""
    add(desk, "shop")
    desk.carry_out("/rds stop shop")
    desk.see_through("/rds start shop")
    desk.house.time.pass_(days=8)
    note(desk, "shop", BY_AWS)
    assert desk.plan("/rds again").steps == ()


def test_a_start_by_aws_before_the_last_stop_does_not_count(desk: Desk) -> None:
    add(desk, "shop")
    note(desk, "shop", BY_AWS, desk.house.time.at - timedelta(hours=1))
    stopped_for_a_week(desk, "shop")
    assert desk.plan("/rds again").steps == ()


def test_one_that_toban_never_stopped_is_none_of_its_business(desk: Desk) -> None:
    add(desk, "shop")
    note(desk, "shop", BY_AWS)
    plan = desk.plan("/rds again")
    assert (plan.steps, plan.left) == ((), ())


def test_one_that_is_still_starting_is_left_for_the_next_time(desk: Desk) -> None:
    add(desk, "shop")
    stopped_for_a_week(desk, "shop")
    note(desk, "shop", BY_AWS)
    desk.local.backend("rds", DEV_ID, TOKYO).databases["shop"].status = "starting"
    plan = desk.plan("/rds again")
    assert (targets(plan.steps), left(plan)) == (set(), {"shop": "it is starting"})
