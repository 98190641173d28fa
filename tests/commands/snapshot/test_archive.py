import pytest

from bot.arguments import UsageError
from bot.operation import State, StepState
from tests.commands.desk import Desk, left
from tests.commands.shelf import Shelf


def test_what_it_costs_and_how_long_it_is_away_stands_beside_it(desk: Desk, shelf: Shelf) -> None:
    old, _new = shelf.add(0), shelf.add(1)
    (step,) = desk.plan(f"/snapshot archive {old}").steps
    assert [str(one) for one in step.warnings] == [
        "at least 90 days in the archive are billed, at its full size, up to 8 GiB",
        "to be used it must be brought back first: 24 to 72 hours, billed by its size",
    ]


def test_it_is_archived_after_somebody_agreed(desk: Desk, shelf: Shelf) -> None:
    old, _new = shelf.add(0), shelf.add(1)
    number = desk.house.asked(f"/snapshot archive {old}")
    assert desk.house.operation(number).state is State.WAITING
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=60, turns=3)
    (row,) = desk.house.steps(number)
    assert row.state is StepState.DONE
    (found,) = desk.ec2().describe_snapshots(SnapshotIds=[old])["Snapshots"]
    assert found["StorageTier"] == "archive"


def test_the_newest_good_generation_is_called_so(desk: Desk, shelf: Shelf) -> None:
    _old, new = shelf.add(0), shelf.add(1)
    (step,) = desk.plan(f"/snapshot archive {new}").steps
    assert f"it is the newest good generation of {shelf.volume}" in str(step.warnings[0])


def test_one_that_became_the_newest_since_the_plan_stays(desk: Desk, shelf: Shelf) -> None:
    old, new = shelf.add(0), shelf.add(1)
    number = desk.house.asked(f"/snapshot archive {old}")
    desk.ec2().delete_snapshot(SnapshotId=new)
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=10)
    (row,) = desk.house.steps(number)
    assert (row.state, str(row.reason)) == (
        StepState.SKIPPED,
        "changed since the plan: newer is none, it was there",
    )


def test_one_that_an_image_uses_is_left(desk: Desk, shelf: Shelf) -> None:
    used = shelf.add(0)
    image = shelf.use(used)
    assert left(desk.plan(f"/snapshot archive {used}")) == {used: f"{image} uses it"}


def test_only_ids_name_what_goes_there(desk: Desk, shelf: Shelf) -> None:
    with pytest.raises(UsageError, match="by their ids"):
        desk.plan("/snapshot archive tag:Backup=nightly")
