from datetime import timedelta

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from playground.aws.faults import Fault, Kind
from tests.commands.desk import DEV_ID, OREGON, TOKYO, Desk, left, targets
from tests.commands.shelf import Shelf


def test_a_snapshot_is_copied_to_the_region_that_gets_it(desk: Desk, shelf: Shelf) -> None:
    """CopySnapshot is sent to the destination."""
    one = shelf.add(0)
    (row,) = desk.carry_out(f"/snapshot copy {one} --to {OREGON}")
    assert row.state is StepState.DONE
    assert shelf.copies() == [row.result]
    (call,) = desk.local.control.calls("CopySnapshot")
    assert (call.region, call.params["SourceRegion"]) == (OREGON, TOKYO)


def test_of_a_volume_the_newest_generation_is_meant(desk: Desk, shelf: Shelf) -> None:
    shelf.add(0)
    newest = shelf.add(1)
    shelf.add(2, state="pending")
    assert targets(desk.plan(f"/snapshot copy {shelf.volume} --to {OREGON}").steps) == {newest}


def test_what_is_there_is_not_copied_again(desk: Desk, shelf: Shelf) -> None:
    one = shelf.add(0)
    desk.carry_out(f"/snapshot copy {one} --to {OREGON}")
    plan = desk.plan(f"/snapshot copy {one} --to {OREGON}")
    assert plan.steps == ()
    assert left(plan) == {one: f"its copy in {OREGON} is {shelf.copies()[0]}"}


def test_what_is_not_complete_or_at_home_already_is_left_with_the_reason(desk: Desk, shelf: Shelf) -> None:
    pending = shelf.add(0, state="pending")
    assert left(desk.plan(f"/snapshot copy {pending} --to {OREGON}")) == {pending: "it is pending"}
    one = shelf.add(1)
    assert left(desk.plan(f"/snapshot copy {one} --to {TOKYO}")) == {one: f"it is in {TOKYO} itself"}


def test_generations_are_kept_at_the_destination(desk: Desk, shelf: Shelf) -> None:
    for night in range(3):
        for copy in shelf.copies():
            desk.local.backend("ec2", DEV_ID, OREGON).snapshots[copy].start_time -= timedelta(days=1)
        desk.carry_out(f"/snapshot copy {shelf.add(night)} --keep 2 --to {OREGON}", turns=8)
    assert len(shelf.copies()) == 2
    assert len(shelf.there()) == 3


def test_a_key_that_may_not_be_used_is_noticed_afterwards_and_costs_no_old_copy(
    desk: Desk, shelf: Shelf
) -> None:
    """CopySnapshot says yes; the copy ends in error."""
    desk.carry_out(f"/snapshot copy {shelf.add(0)} --to {OREGON}")
    (old,) = shelf.copies()
    desk.local.control.deny_copies_by_kms(1)
    copy, delete = desk.carry_out(f"/snapshot copy {shelf.add(1)} --keep 1 --to {OREGON}")
    assert (copy.state, delete.state) == (StepState.FAILED, StepState.SKIPPED)
    assert "is in error: Given key ID is not accessible" in str(copy.reason)
    assert old in shelf.copies()


def test_a_cut_answer_makes_no_second_copy(desk: Desk, shelf: Shelf) -> None:
    desk.local.control.order(Fault(Kind.CUT_AFTER, action="CopySnapshot", times=1))
    (row,) = desk.carry_out(f"/snapshot copy {shelf.add(0)} --to {OREGON}", turns=8)
    assert row.state is StepState.DONE
    assert shelf.copies() == [row.result]


def test_a_snapshot_that_is_nowhere_is_named(desk: Desk) -> None:
    with pytest.raises(UsageError, match="snap-0123456789abcdef0 cannot be found"):
        desk.plan(f"/snapshot copy snap-0123456789abcdef0 --to {OREGON}")
