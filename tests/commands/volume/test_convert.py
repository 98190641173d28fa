import pytest

from bot.operation import StepState
from commands.prices import book
from commands.prices.gp2 import Performance, as_gp3, is_cheaper_as_gp3
from playground.aws.faults import Fault, Kind
from tests.commands.desk import Desk, left, targets
from tests.commands.volume.disks import kept, loose, modified


@pytest.mark.parametrize(
    ("gib", "iops", "throughput"),
    [
        (1, 3000, 128),  # gp2 reaches 3,000 IOPS for a while
        (8, 3000, 128),
        (170, 3000, 128),
        (171, 3000, 250),
        (1000, 3000, 250),
        (1001, 3003, 250),
        (2000, 6000, 250),
        (5333, 15_999, 250),
        (5334, 16_000, 250),
        (16_384, 16_000, 250),
    ],
)
def test_gp3_is_given_whatever_gp2_reaches(gib: int, iops: int, throughput: int) -> None:
    assert as_gp3(gib) == Performance(iops, throughput)


def test_it_is_converted_with_its_performance(desk: Desk) -> None:
    volume = loose(desk, 2000, "gp2")
    (row,) = desk.carry_out(f"/volume convert {volume} --to gp3")
    assert row.state is StepState.DONE
    there = kept(desk, volume)
    assert (there.volume_type, int(there.iops), int(there.throughput)) == ("gp3", 6000, 250)


def test_what_it_costs_before_and_after_is_in_the_plan(desk: Desk) -> None:
    """240.00 of gp2; 192.00, 3,000 IOPS at 0.006 and 125 MiB/s at 0.048 of gp3."""
    volume = loose(desk, 2000, "gp2")
    plan = desk.plan(f"/volume convert {volume} --to gp3")
    assert [str(one) for one in plan.steps[0].warnings] == [
        "about $240.00 a month now, $216.00 then, with 6,000 IOPS and 250 MiB/s"
    ]
    assert [str(note) for note in plan.notes] == [
        "now about $240.00 a month; then about $216.00 a month",
        "list prices of 2025-03-02, an estimate",
    ]


def test_where_it_would_cost_more_the_plan_says_so(desk: Desk) -> None:
    volume = loose(desk, 200, "gp2")
    (step,) = desk.plan(f"/volume convert {volume} --to gp3").steps
    assert "with as much throughput as gp2's it costs more" in map(str, step.warnings)
    rates = book.known(desk.house.path.observer())
    assert [
        gib for gib in (1, 8, 170, 171, 249, 251, 2000) if is_cheaper_as_gp3(gib, "ap-northeast-1", rates)
    ] == [
        *(8, 170, 251, 2000),
    ]


def test_only_gp2_is_converted(desk: Desk) -> None:
    done, other = loose(desk, 8, "gp3"), loose(desk, 8, "io1")
    assert left(desk.plan(f"/volume convert {done} {other} --to gp3")) == {
        done: "its type is gp3 already",
        other: "its type is io1: only gp2 is converted",
    }


def test_one_that_was_modified_within_six_hours_waits(desk: Desk) -> None:
    soon, late = loose(desk, 8, "gp2"), loose(desk, 8, "gp2")
    modified(desk, soon, hours_ago=5.5)
    modified(desk, late, hours_ago=6)
    plan = desk.plan(f"/volume convert {soon} {late} --to gp3")
    assert targets(plan.steps) == {late}
    assert left(plan)[soon].startswith("it was modified; EC2 modifies it again from 2026-")


def test_one_that_is_being_modified_waits(desk: Desk) -> None:
    volume = loose(desk, 8, "gp2")
    modified(desk, volume, hours_ago=30, state="optimizing")
    assert left(desk.plan(f"/volume convert {volume} --to gp3")) == {volume: "it is being modified: 0 %"}


@pytest.mark.parametrize(
    ("state", "ends"),
    [
        ("modifying", StepState.AWAITING),
        ("optimizing", StepState.DONE),
        ("completed", StepState.DONE),
        ("failed", StepState.FAILED),
    ],
)
def test_it_is_done_once_ec2_optimizes_it(desk: Desk, state: str, ends: StepState) -> None:
    volume = loose(desk, 8, "gp2")
    slow(desk, volume, state)
    number = desk.house.asked(f"/volume convert {volume} --to gp3")
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=20, turns=3)
    assert [row.state for row in desk.house.steps(number)] == [ends]


def slow(desk: Desk, volume: str, state: str) -> None:
    """Let the next modification of a volume be so far when it is looked at."""
    there = kept(desk, volume)
    modify = there.modify

    def begun(**named: object) -> None:
        modify(**named)
        there.modifications[-1].is_now = state

    there.modify = begun


def test_a_cut_answer_finds_the_modification_on_its_way(desk: Desk) -> None:
    """The second call is refused as too soon, and what goes on is what was wanted."""
    volume = loose(desk, 8, "gp2")
    desk.local.control.order(Fault(Kind.CUT_AFTER, action="ModifyVolume", times=1))
    (row,) = desk.carry_out(f"/volume convert {volume} --to gp3")
    assert row.state is StepState.DONE
    assert len(kept(desk, volume).modifications) == 1


def test_a_refusal_for_another_modification_fails(desk: Desk) -> None:
    """Nothing that was wanted is on its way: then "too soon" is an answer."""
    volume = loose(desk, 8, "gp2")
    code = "VolumeModificationRateExceeded"
    words = "You've reached the maximum modification rate per volume limit. Wait at least 6 hours"
    desk.local.control.order(Fault(Kind.ERROR, "ModifyVolume", code=code, message=words, status=400))
    (row,) = desk.carry_out(f"/volume convert {volume} --to gp3")
    assert row.state is StepState.FAILED
    assert "6 hours" in str(row.reason)
