import pytest

from bot.targets import Targets
from commands import instances
from commands.changes.back_up_instances import Backup, back_up
from commands.generations.keep import Keep
from commands.generations.order import Order
from tests.commands.ami.album import Album
from tests.commands.desk import OREGON, Desk

TONIGHT = "2026-11-22"


@pytest.fixture
def album(desk: Desk) -> Album:
    return Album(desk, desk.run(1, Name="web-1")[0])


def backup(desk: Desk, album: Album, order: Order) -> Backup:
    world = desk.house.path.observer()
    return back_up(world, instances.find(world, Targets(ids=(album.instance,)), (), ()), order)


def test_a_night_that_is_delivered_twice_makes_one_image_and_still_copies_it(
    desk: Desk, album: Album
) -> None:
    made = album.add(0, tags={"toban:night": TONIGHT})
    plan = backup(desk, album, Order(Keep(newest=1), (OREGON,), night=TONIGHT))
    assert plan.create == ()
    (copy,) = plan.copy
    assert (dict(copy.inputs)["source"], copy.needs) == (made, ())


def test_an_image_of_this_night_that_is_not_there_yet_is_left_with_its_state(
    desk: Desk, album: Album
) -> None:
    made = album.add(0, tags={"toban:night": TONIGHT})
    album.backend().amis[made].state = "pending"
    plan = backup(desk, album, Order(Keep(), night=TONIGHT))
    assert plan.steps == ()
    assert [str(one.why) for one in plan.left] == [f"its image of this night, {made}, is pending"]


def test_an_image_of_this_night_that_failed_is_made_again(desk: Desk, album: Album) -> None:
    made = album.add(0, tags={"toban:night": TONIGHT})
    album.backend().amis[made].state = "failed"
    (step,) = backup(desk, album, Order(Keep(), night=TONIGHT)).create
    assert dict(step.inputs)["night"] == TONIGHT


def test_images_by_the_former_lambda_functions_count_only_when_asked(desk: Desk, album: Album) -> None:
    former = {"BackupType": "image", "InstanceId": album.instance}
    old, newer = (album.add(night, ours=False, tags=former) for night in range(2))
    assert backup(desk, album, Order(Keep(newest=2))).deregister == ()
    (step,) = backup(desk, album, Order(Keep(newest=2), former=True)).deregister
    assert step.target.id == old
    assert newer in album.there()


def test_a_key_that_may_not_be_used_is_said_with_the_copy(desk: Desk, album: Album) -> None:
    """CopyImage says yes, and EC2 notices afterwards."""
    desk.local.control.deny_copies_by_kms()
    image = album.add(0)
    (row,) = desk.carry_out(f"/ami copy {image} --to {OREGON}")
    assert "failed: Client.InternalError" in str(row.reason)
