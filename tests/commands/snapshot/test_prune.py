import pytest

from bot.arguments import UsageError
from bot.operation import State, StepState
from playground.aws.faults import Fault, Kind
from tests.commands.desk import PROD_ID, Desk, left, targets, unread
from tests.commands.shelf import Shelf


def test_the_oldest_beyond_the_number_go(desk: Desk, shelf: Shelf) -> None:
    nights = [shelf.add(night) for night in range(5)]
    plan = desk.plan(f"/snapshot prune {shelf.volume} --keep 3")
    assert targets(plan.steps) == set(nights[:2])
    assert {str(one) for step in plan.steps for one in step.warnings} == {"cannot be undone"}
    assert str(plan.summary) == "delete 2 snapshots of 1 volumes; of each stays the newest 3"


@pytest.mark.parametrize("state", ["pending", "error"])
def test_what_is_not_complete_is_no_generation_and_is_left_alone(
    desk: Desk, shelf: Shelf, state: str
) -> None:
    """Otherwise a failed night would cost a good one."""
    good = [shelf.add(night) for night in range(3)]
    shelf.add(3, state=state)
    assert desk.plan(f"/snapshot prune {shelf.volume} --keep 3").steps == ()
    assert targets(desk.plan(f"/snapshot prune {shelf.volume} --keep 2").steps) == {good[0]}


def test_what_others_made_neither_counts_nor_goes(desk: Desk, shelf: Shelf) -> None:
    hand = [shelf.add(night, ours=False) for night in range(4)]
    ours = [shelf.add(night) for night in range(4, 6)]
    steps = desk.plan(f"/snapshot prune {shelf.volume} --keep 1").steps
    assert targets(steps) == {ours[0]}
    assert not targets(steps) & set(hand)


def test_what_an_image_uses_is_left_with_the_images_name_and_the_others_go(desk: Desk, shelf: Shelf) -> None:
    used, old, _new = (shelf.add(night) for night in range(3))
    image = shelf.use(used)
    plan = desk.plan(f"/snapshot prune {shelf.volume} --keep 1")
    assert targets(plan.steps) == {old}
    assert left(plan) == {used: f"{image} uses it"}


def test_each_volume_keeps_its_own(desk: Desk, shelf: Shelf) -> None:
    other = Shelf(desk, desk.volumes_of(desk.run(1, Backup="nightly")[0])[0])
    for one in (shelf, other):
        for night in range(3):
            one.add(night)
    plan = desk.plan("/snapshot prune tag:Backup=nightly --keep 2")
    assert sorted(dict(step.inputs)["volume"] for step in plan.steps) == sorted([shelf.volume, other.volume])


def test_an_instance_means_all_its_volumes(desk: Desk) -> None:
    (instance,) = desk.run(1)
    shelf = Shelf(desk, desk.volumes_of(instance)[0])
    old, _ = shelf.add(0), shelf.add(1)
    assert targets(desk.plan(f"/snapshot prune {instance} --keep 1").steps) == {old}


@pytest.mark.parametrize("keep", ["0", "-1", "1001"])
def test_nobody_keeps_less_than_one(desk: Desk, shelf: Shelf, keep: str) -> None:
    with pytest.raises(UsageError):
        desk.plan(f"/snapshot prune {shelf.volume} --keep {keep}")


def test_nothing_goes_where_nobody_could_look(desk: Desk, shelf: Shelf) -> None:
    old, _ = shelf.add(0), shelf.add(1)
    desk.deny("DescribeVolumes", PROD_ID)
    plan = desk.plan("/snapshot prune tag:Backup=nightly --keep 1")
    assert targets(plan.steps) == {old}
    assert set(unread(plan)) == {("prod", "ap-northeast-1")}


def test_nothing_goes_where_its_users_could_not_be_seen(desk: Desk, shelf: Shelf) -> None:
    """An image may use it: who cannot see the images deletes nothing."""
    shelf.add(0)
    shelf.add(1)
    desk.deny("DescribeImages", "*")
    plan = desk.plan(f"/snapshot prune {shelf.volume} --keep 1")
    assert plan.steps == ()
    assert "lacks ec2:DescribeImages" in unread(plan)["dev", "ap-northeast-1"]


def test_deleted_is_what_ec2_no_longer_shows(desk: Desk, shelf: Shelf) -> None:
    nights = [shelf.add(night) for night in range(4)]
    rows = desk.carry_out(f"/snapshot prune {shelf.volume} --keep 2")
    assert {row.state for row in rows} == {StepState.DONE}
    assert shelf.there() == nights[2:]


def test_one_that_aws_will_not_delete_fails_alone(desk: Desk, shelf: Shelf) -> None:
    """An image that came after the plan holds it."""
    nights = [shelf.add(night) for night in range(3)]
    number = desk.house.asked(f"/snapshot prune {shelf.volume} --keep 1")
    held = Fault(
        Kind.ERROR,
        "DeleteSnapshot",
        params={"SnapshotId": nights[0]},
        code="InvalidSnapshot.InUse",
        message="The snapshot is currently in use by ami-12345678",
        status=400,
    )
    desk.local.control.order(held)
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=10, turns=3)
    ends = {row.step.target.id: row.state for row in desk.house.steps(number)}
    assert ends == {nights[0]: StepState.FAILED, nights[1]: StepState.DONE}
    assert desk.house.operation(number).state is State.PARTLY


def test_fewer_generations_than_planned_with_are_seen_before_the_call(desk: Desk, shelf: Shelf) -> None:
    """Somebody deleted the newer ones by hand meanwhile: the older one is the last, and stays."""
    old, new = shelf.add(0), shelf.add(1)
    number = desk.house.asked(f"/snapshot prune {shelf.volume} --keep 1")
    desk.ec2().delete_snapshot(SnapshotId=new)
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=10)
    (row,) = desk.house.steps(number)
    assert (row.state, str(row.reason)) == (
        StepState.SKIPPED,
        "changed since the plan: newer is 0, it was enough",
    )
    assert shelf.there() == [old]


def test_one_that_is_named_by_its_id_goes_whatever_it_is(desk: Desk, shelf: Shelf) -> None:
    """Somebody else's, a pending one: who names it means it."""
    foreign, pending = shelf.add(0, ours=False), shelf.add(1, state="pending")
    kept = shelf.add(2)
    rows = desk.carry_out(f"/snapshot prune {foreign} {pending}")
    assert {row.state for row in rows} == {StepState.DONE}
    assert shelf.there() == [kept]


def test_the_last_good_one_goes_only_by_its_id_and_the_plan_says_that_it_is_the_last(
    desk: Desk, shelf: Shelf
) -> None:
    last = shelf.add(0)
    assert desk.plan(f"/snapshot prune {shelf.volume} --older-than 1h").steps == ()
    (step,) = desk.plan(f"/snapshot prune {last}").steps
    assert str(step.warnings[-1]) == f"it is the last good generation of {shelf.volume}"
    number = desk.house.asked(f"/snapshot prune {last}")
    assert desk.house.operation(number).state is State.WAITING


def test_one_that_an_image_uses_does_not_go_by_its_id_either(desk: Desk, shelf: Shelf) -> None:
    used = shelf.add(0)
    image = shelf.use(used)
    plan = desk.plan(f"/snapshot prune {used}")
    assert (plan.steps, left(plan)) == ((), {used: f"{image} uses it"})


def test_how_many_stay_must_be_said(desk: Desk, shelf: Shelf) -> None:
    with pytest.raises(UsageError, match="Say how many stay"):
        desk.plan(f"/snapshot prune {shelf.volume}")
