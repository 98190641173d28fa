import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from tests.commands.ami.album import Album
from tests.commands.desk import OREGON, Desk, left, targets, unread


def test_the_oldest_beyond_the_number_go_with_their_snapshots(desk: Desk, album: Album) -> None:
    images = [album.add(night) for night in range(4)]
    held = {image: album.held(image) for image in images}
    rows = desk.carry_out(f"/ami prune {album.instance} --keep 2")
    assert {row.step.target.id: row.state for row in rows} == dict.fromkeys(images[:2], StepState.DONE)
    assert set(album.there()) == set(images[2:])
    assert set(album.snapshots()) == {one for image in images[2:] for one in held[image]}


def test_what_others_made_neither_counts_nor_goes(desk: Desk, album: Album) -> None:
    hand = album.add(5, ours=False)
    old, _new = album.add(0), album.add(1)
    plan = desk.plan(f"/ami prune {album.instance} --keep 1")
    assert targets(plan.steps) == {old}
    assert hand in album.there()


@pytest.mark.parametrize("state", ["pending", "failed", "disabled"])
def test_what_cannot_be_launched_is_no_generation(desk: Desk, album: Album, state: str) -> None:
    album.add(0)
    bad = album.add(1)
    album.backend().amis[bad].state = state
    assert desk.plan(f"/ami prune {album.instance} --keep 1").steps == ()


def test_fewer_generations_than_planned_with_are_seen_before_the_call(desk: Desk, album: Album) -> None:
    """Somebody deregistered the newer one by hand meanwhile: the older one is the last, and stays."""
    old, new = album.add(0), album.add(1)
    number = desk.house.asked(f"/ami prune {album.instance} --keep 1")
    desk.ec2().deregister_image(ImageId=new)
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=10)
    (row,) = desk.house.steps(number)
    assert (row.state, str(row.reason)) == (
        StepState.SKIPPED,
        "changed since the plan: newer is 0, it was enough",
    )
    assert set(album.there()) == {old}


def test_one_that_a_template_took_up_since_the_plan_stays(desk: Desk, album: Album) -> None:
    old, _new = album.add(0), album.add(1)
    number = desk.house.asked(f"/ami prune {album.instance} --keep 1")
    album.template(old)
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=10)
    (row,) = desk.house.steps(number)
    assert (row.state, str(row.reason)) == (
        StepState.SKIPPED,
        "changed since the plan: used is yes, it was no",
    )


def test_nothing_goes_where_its_users_could_not_be_seen(desk: Desk, album: Album) -> None:
    album.add(0)
    album.add(1)
    desk.deny("DescribeLaunchConfigurations", "*")
    plan = desk.plan(f"/ami prune {album.instance} --keep 1")
    assert plan.steps == ()
    assert "lacks autoscaling:DescribeLaunchConfigurations" in unread(plan)["dev", "ap-northeast-1"]


def test_a_snapshot_of_an_image_that_somebody_deregistered_is_an_orphan_and_goes(
    desk: Desk, album: Album
) -> None:
    gone, there = album.add(0), album.add(1)
    (lost,), (held,) = album.held(gone), album.held(there)
    desk.ec2().deregister_image(ImageId=gone)
    (row,) = desk.carry_out("/ami prune --orphans")
    assert (row.step.target.id, row.state) == (lost, StepState.DONE)
    assert set(album.snapshots()) == {held}


def test_an_orphan_that_others_made_stays(desk: Desk, album: Album) -> None:
    gone = album.add(0, ours=False)
    desk.ec2().deregister_image(ImageId=gone)
    assert desk.plan("/ami prune --orphans").steps == ()


def test_an_orphan_that_became_part_of_an_image_since_the_plan_stays(desk: Desk, album: Album) -> None:
    gone = album.add(0)
    (lost,) = album.held(gone)
    desk.ec2().deregister_image(ImageId=gone)
    number = desk.house.asked("/ami prune --orphans")
    devices = [{"DeviceName": "/dev/sda1", "Ebs": {"SnapshotId": lost}}]
    again = desk.ec2().register_image(Name="again", RootDeviceName="/dev/sda1", BlockDeviceMappings=devices)[
        "ImageId"
    ]
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=10)
    (row,) = desk.house.steps(number)
    assert (row.state, str(row.reason)) == (
        StepState.SKIPPED,
        f"changed since the plan: image is {again}, it was none",
    )


def test_copies_are_pruned_where_they_are(desk: Desk, album: Album) -> None:
    first, second = album.add(0), album.add(1)
    desk.carry_out(f"/ami copy {first} {second} --to {OREGON}")
    (oldest,) = [one for one, tags in album.there(OREGON).items() if tags["toban:copy-of"] == first]
    for one, image in album.backend(OREGON).amis.items():
        image.creation_date = image.creation_date.replace(year=2025 if one == oldest else 2026)
    plan = desk.plan(f"/ami prune {album.instance} --keep 1 --copies")
    assert {(step.target.id, step.target.region) for step in plan.steps} == {(oldest, OREGON)}


@pytest.mark.parametrize("line", ["/ami prune", "/ami prune all", "/ami prune --keep 3"])
def test_nothing_is_pruned_by_half_a_sentence(desk: Desk, album: Album, line: str) -> None:
    with pytest.raises(UsageError):
        desk.plan(line)


def test_one_that_stands_on_a_shared_snapshot_says_that_it_stays(desk: Desk, album: Album) -> None:
    old, _new = album.add(0), album.add(1)
    (shared,) = album.held(old)
    devices = [{"DeviceName": "/dev/sda1", "Ebs": {"SnapshotId": shared}}]
    other = desk.ec2().register_image(Name="other", RootDeviceName="/dev/sda1", BlockDeviceMappings=devices)
    (step,) = desk.plan(f"/ami prune {album.instance} --keep 1").steps
    assert f"{shared} stays: {other['ImageId']} uses it" in map(str, step.warnings)
    (row,) = desk.carry_out(f"/ami prune {album.instance} --keep 1")
    assert row.state is StepState.DONE
    assert shared in album.snapshots()
    assert left(desk.plan(f"/ami prune {album.instance} --keep 1")) == {}
