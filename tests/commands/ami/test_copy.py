from datetime import timedelta

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from playground.aws.faults import Fault, Kind
from tests.commands.ami.album import Album
from tests.commands.desk import DEV_ID, OREGON, TOKYO, Desk, left, targets


def test_it_is_sent_to_the_region_that_gets_it_and_carries_the_tags(desk: Desk, album: Album) -> None:
    image = album.add(0, tags={"env": "dev"})
    (row,) = desk.carry_out(f"/ami copy {image} --to {OREGON}")
    assert (row.state, row.step.target.region) == (StepState.DONE, OREGON)
    (call,) = desk.local.control.calls("CopyImage")
    assert call.region == OREGON
    tags = album.there(OREGON)[row.result]
    assert tags == {
        "env": "dev",
        "toban:operation": "1",
        "toban:token": tags["toban:token"],
        "toban:kind": "copy",
        "toban:copy-of": image,
        "toban:instance": album.instance,
    }


def test_an_instance_means_its_newest_image(desk: Desk, album: Album) -> None:
    album.add(0)
    newest = album.add(1)
    assert targets(desk.plan(f"/ami copy {album.instance} --to {OREGON}").steps) == {newest}


def test_what_is_there_already_is_not_copied_again(desk: Desk, album: Album) -> None:
    image = album.add(0)
    (row,) = desk.carry_out(f"/ami copy {image} --to {OREGON}")
    plan = desk.plan(f"/ami copy {image} --to {OREGON}")
    assert plan.steps == ()
    assert left(plan) == {image: f"its copy in {OREGON} is {row.result}"}


def test_a_cut_answer_makes_no_second_copy(desk: Desk, album: Album) -> None:
    image = album.add(0)
    desk.local.control.order(Fault(Kind.CUT_AFTER, action="CopyImage", times=1))
    (row,) = desk.carry_out(f"/ami copy {image} --to {OREGON}")
    assert row.state is StepState.DONE
    assert list(album.there(OREGON)) == [row.result]


def test_old_copies_go_when_the_new_one_is_there(desk: Desk, album: Album) -> None:
    first = album.add(0)
    (old,) = desk.carry_out(f"/ami copy {first} --to {OREGON}")
    desk.local.backend("ec2", DEV_ID, OREGON).amis[old.result].creation_date -= timedelta(days=1)
    second = album.add(1)
    rows = desk.carry_out(f"/ami copy {second} --keep 1 --to {OREGON}")
    assert [row.state for row in rows] == [StepState.DONE, StepState.DONE]
    assert [tags["toban:copy-of"] for tags in album.there(OREGON).values()] == [second]
    assert old.result not in album.there(OREGON)
    assert set(album.there(TOKYO)) == {first, second}


def test_nothing_to_copy_is_said(desk: Desk, album: Album) -> None:
    with pytest.raises(UsageError, match="toban made none"):
        desk.plan(f"/ami copy tag:Backup=nightly --to {OREGON}")
