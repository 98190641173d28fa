from datetime import UTC, datetime, timedelta

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from commands.generations import first_reads
from playground.aws.faults import Fault, Kind
from tests.commands.desk import TOKYO, Desk, left
from tests.commands.shelf import Shelf

ZONE = f"{TOKYO}a"


def volumes(desk: Desk, snapshot: str) -> list[dict[str, object]]:
    wanted = [{"Name": "snapshot-id", "Values": [snapshot]}]
    return [dict(one) for one in desk.ec2().describe_volumes(Filters=wanted)["Volumes"]]


def fast(desk: Desk) -> list[tuple[str, str]]:
    found = desk.ec2().describe_fast_snapshot_restores()["FastSnapshotRestores"]
    return [(one["SnapshotId"], one["State"]) for one in found]


def test_it_becomes_a_volume_in_that_zone(desk: Desk, shelf: Shelf) -> None:
    snapshot = shelf.add(0)
    (row,) = desk.carry_out(f"/snapshot restore {snapshot} --zone {ZONE} --size 20")
    assert row.state is StepState.DONE
    (made,) = volumes(desk, snapshot)
    assert (made["VolumeId"], made["AvailabilityZone"], made["VolumeType"], made["Size"]) == (
        row.result,
        ZONE,
        "gp3",
        20,
    )


def test_slow_first_reads_are_told_and_fast_restore_is_offered(desk: Desk, shelf: Shelf) -> None:
    plan = desk.plan(f"/snapshot restore {shelf.add(0)} --zone {ZONE}")
    assert "the first read of each block is slow" in str(plan.steps[0].warnings[0])
    assert "With --fast there are no slow first reads" in str(plan.notes[0])


def test_a_cut_answer_makes_no_second_volume(desk: Desk, shelf: Shelf) -> None:
    snapshot = shelf.add(0)
    desk.local.control.order(Fault(Kind.CUT_AFTER, action="CreateVolume", times=1))
    (row,) = desk.carry_out(f"/snapshot restore {snapshot} --zone {ZONE}")
    assert row.state is StepState.DONE
    assert len(volumes(desk, snapshot)) == 1


def test_fast_enables_first_tells_the_price_and_disables_afterwards(desk: Desk, shelf: Shelf) -> None:
    snapshot = shelf.add(0)
    first, then, last = desk.plan(f"/snapshot restore {snapshot} --zone {ZONE} --fast").steps
    assert "about $0.75 for each hour and zone" in str(first.warnings[0])
    assert then.needs == (first.key,)
    assert (last.follows, last.undoes) == ((then.key,), first.key)


def restore_fast(desk: Desk, snapshot: str) -> dict[str, StepState]:
    """Carry it out, by the hours that the local AWS writes, too."""
    desk.house.time.at = datetime.now(UTC)
    number = desk.house.asked(f"/snapshot restore {snapshot} --zone {ZONE} --fast")
    desk.house.work(passing=70, turns=3)
    assert volumes(desk, snapshot) == []
    assert fast(desk) == [(snapshot, "enabled")]
    desk.house.work(passing=200, turns=4)
    return {row.step.action: row.state for row in desk.house.steps(number)}


def test_the_volume_waits_for_the_credit_and_nothing_costs_afterwards(desk: Desk, shelf: Shelf) -> None:
    """The credits fill from nothing: a volume that is made at once would not be fast."""
    snapshot = shelf.add(0)
    assert set(restore_fast(desk, snapshot).values()) == {StepState.DONE}
    assert len(volumes(desk, snapshot)) == 1
    assert fast(desk) == []


def test_a_volume_that_cannot_be_made_leaves_nothing_that_costs(desk: Desk, shelf: Shelf) -> None:
    snapshot = shelf.add(0)
    no = Fault(Kind.ERROR, "CreateVolume", code="VolumeLimitExceeded", message="too many", status=400)
    desk.local.control.order(no)
    ends = restore_fast(desk, snapshot)
    assert ends["snapshot.restore"] is StepState.FAILED
    assert ends["snapshot.disable-fast-restore"] is StepState.DONE
    assert fast(desk) == []


def test_what_somebody_enabled_already_stays_so(desk: Desk, shelf: Shelf) -> None:
    snapshot = shelf.add(0)
    desk.ec2().enable_fast_snapshot_restores(SourceSnapshotIds=[snapshot], AvailabilityZones=[ZONE])
    (step,) = desk.plan(f"/snapshot restore {snapshot} --zone {ZONE} --fast").steps
    assert step.action == "snapshot.restore"


def test_five_in_a_region_are_all(desk: Desk, shelf: Shelf) -> None:
    five = [shelf.add(night) for night in range(5)]
    desk.ec2().enable_fast_snapshot_restores(SourceSnapshotIds=five, AvailabilityZones=[ZONE])
    with pytest.raises(UsageError, match="is on for 5 snapshots in ap-northeast-1"):
        desk.plan(f"/snapshot restore {shelf.add(5)} --zone {ZONE} --fast")


def test_another_region_or_a_smaller_volume_cannot_be(desk: Desk, shelf: Shelf) -> None:
    snapshot = shelf.add(0)
    with pytest.raises(UsageError, match="is in ap-northeast-1, and us-west-2a is not"):
        desk.plan(f"/snapshot restore {snapshot} --zone us-west-2a")
    with pytest.raises(UsageError, match="needs at least 8 GiB"):
        desk.plan(f"/snapshot restore {snapshot} --zone {ZONE} --size 4")


def test_one_that_is_not_complete_is_left(desk: Desk, shelf: Shelf) -> None:
    snapshot = shelf.add(0, state="error")
    assert left(desk.plan(f"/snapshot restore {snapshot} --zone {ZONE}")) == {snapshot: "it is error"}


def test_a_tebibyte_takes_three_hours_to_read_and_two_to_be_fast() -> None:
    """60 minutes for each TiB to optimize, and one credit an hour of that size."""
    assert first_reads.takes(1024) == timedelta(minutes=175)
    assert first_reads.fast_takes(1024) == timedelta(hours=2)
    assert first_reads.fast_takes(8) == timedelta(minutes=1 + 6)
