import re

import pytest

from bot.arguments import UsageError
from bot.operation import State, StepState
from playground.aws.faults import Fault, Kind
from tests.commands.ami.album import Album
from tests.commands.desk import OREGON, Desk, left, targets


def states(desk: Desk, line: str, **more: int) -> dict[str, StepState]:
    return {row.step.action: row.state for row in desk.carry_out(line, **more)}


def test_an_instance_is_not_rebooted_and_the_plan_says_what_that_means(desk: Desk, album: Album) -> None:
    (step,) = desk.plan(f"/ami create {album.instance}").steps
    assert (step.target.id, step.after) == (album.instance, (("image", "available"),))
    assert [str(one) for one in step.warnings] == [
        "not rebooted: what is not yet written to the disks is missing, as after a power cut"
    ]
    desk.carry_out(f"/ami create {album.instance}")
    (call,) = desk.local.control.calls("CreateImage")
    assert call.params["NoReboot"] == "true"


def test_a_reboot_has_to_be_asked_for(desk: Desk, album: Album) -> None:
    (step,) = desk.plan(f"/ami create {album.instance} --reboot").steps
    assert [str(one) for one in step.warnings] == ["it is rebooted for it, and is away for some minutes"]
    desk.carry_out(f"/ami create {album.instance} --reboot")
    (call,) = desk.local.control.calls("CreateImage")
    assert call.params["NoReboot"] == "false"


def test_its_name_tells_the_instance_and_the_moment_in_letters_that_ec2_takes(desk: Desk) -> None:
    (instance,) = desk.run(1, Name="当番 web:1 " + "x" * 150)
    (step,) = desk.plan(f"/ami create {instance}").steps
    name = dict(step.inputs)["name"]
    assert re.fullmatch(r"[A-Za-z0-9()\[\] ./'@_-]{3,128}", name)
    assert name.endswith(f"{instance} 2026-11-21 03.00.00 UTC")


def test_image_and_snapshots_carry_tobans_tags_and_the_instances_from_the_first_moment(
    desk: Desk, album: Album
) -> None:
    (row,) = desk.carry_out(f"/ami create {album.instance}")
    (snapshot,) = album.held(row.result)
    for tags in (album.there()[row.result], album.snapshots()[snapshot]):
        assert tags["toban:operation"] == "1"
        assert (tags["toban:kind"], tags["toban:instance"]) == ("image", album.instance)
        assert (tags["Name"], tags["Backup"]) == ("web-1", "nightly")
    assert desk.local.control.count("CreateTags") == 0


def test_an_image_that_takes_its_time_is_waited_for(desk: Desk, album: Album) -> None:
    desk.local.control.images_take(None)
    number = desk.see_through(f"/ami create {album.instance}")
    assert desk.house.operation(number).state is State.RUNNING
    desk.local.control.release_images()
    desk.house.work(passing=20, turns=2)
    assert desk.house.operation(number).state is State.DONE


def test_an_image_that_fails_says_why_and_costs_no_old_one(desk: Desk, album: Album) -> None:
    old = album.add(0)
    desk.local.control.fail_images()
    made, gone = desk.carry_out(f"/ami create {album.instance} --keep 1")
    assert (made.state, gone.state) == (StepState.FAILED, StepState.SKIPPED)
    assert "Server.InternalError" in str(made.reason)
    assert old in album.there()


def test_the_new_one_counts_and_the_old_one_waits_for_it_and_goes_with_its_snapshots(
    desk: Desk, album: Album
) -> None:
    old, kept = album.add(0), album.add(1)
    (lost,) = album.held(old)
    create, gone = desk.plan(f"/ami create {album.instance} --keep 2").steps
    assert (gone.target.id, gone.needs, gone.about) == (old, (create.key,), album.instance)
    assert states(desk, f"/ami create {album.instance} --keep 2") == {
        "ami.create": StepState.DONE,
        "ami.deregister": StepState.DONE,
    }
    assert old not in album.there()
    assert kept in album.there()
    assert lost not in album.snapshots()


def test_nothing_goes_at_home_before_the_copy_is_there(desk: Desk, album: Album) -> None:
    old = album.add(0)
    desk.local.control.deny_copies_by_kms()
    rows = desk.carry_out(f"/ami create {album.instance} --keep 1 --copy-to {OREGON}", turns=8)
    assert {row.step.action: row.state for row in rows} == {
        "ami.create": StepState.DONE,
        "ami.copy": StepState.FAILED,
        "ami.deregister": StepState.SKIPPED,
    }
    assert old in album.there()


def test_the_copy_is_made_of_the_new_one_and_says_so(desk: Desk, album: Album) -> None:
    rows = desk.carry_out(f"/ami create {album.instance} --copy-to {OREGON}", turns=8)
    made, copied = (row.result for row in rows)
    tags = album.there(OREGON)[copied]
    assert (tags["toban:copy-of"], tags["toban:kind"]) == (made, "copy")
    assert tags["toban:instance"] == album.instance
    assert {one["toban:kind"] for one in album.snapshots(OREGON).values()} == {"image"}


def test_a_region_that_nobody_looks_after_gets_no_copy(desk: Desk) -> None:
    (instance,) = desk.run(1, account="111111111111")
    with pytest.raises(UsageError, match="does not look after us-west-2 in prod"):
        desk.plan(f"/ami create {instance} --copy-to {OREGON}")


def test_a_cut_answer_makes_no_second_image(desk: Desk, album: Album) -> None:
    desk.local.control.order(Fault(Kind.CUT_AFTER, action="CreateImage", times=1))
    (row,) = desk.carry_out(f"/ami create {album.instance}")
    assert row.state is StepState.DONE
    assert list(album.there()) == [row.result]


def test_one_that_listings_hide_for_long_is_known_by_its_name_and_waited_for(
    desk: Desk, album: Album
) -> None:
    """EC2 refuses the second call: the name is taken, by what the first call made."""
    desk.local.control.images_take(0, hidden=45)
    desk.local.control.order(Fault(Kind.CUT_AFTER, action="CreateImage", times=1))
    (row,) = desk.carry_out(f"/ami create {album.instance}", turns=8)
    assert row.state is StepState.DONE
    assert list(album.there()) == [row.result]


def test_tags_of_the_instance_go_before_the_line(desk: Desk) -> None:
    (instance,) = desk.run(1, Name="db-1", **{"toban:keep": "3"})
    album = Album(desk, instance)
    old = [album.add(night) for night in range(4)]
    plan = desk.plan(f"/ami create {instance} --keep 1")
    assert targets(plan.steps) == {instance, old[0], old[1]}


def test_one_whose_tag_cannot_be_read_is_backed_up_and_keeps_everything(desk: Desk) -> None:
    (instance,) = desk.run(1, **{"toban:keep": "many"})
    Album(desk, instance).add(0)
    (step,) = desk.plan(f"/ami create {instance} --keep 1").steps
    assert "nothing of it is deleted: its tag toban:keep is “many”" in map(str, step.warnings)


def test_what_its_tag_keeps_out_is_left(desk: Desk) -> None:
    (instance,) = desk.run(1, **{"toban:exclude": "true"})
    assert left(desk.plan(f"/ami create {instance}")) == {instance: "its tag toban:exclude keeps it out"}


def test_an_old_one_that_a_template_launches_stays_and_does_not_stop_the_others(
    desk: Desk, album: Album
) -> None:
    used, other, newest = album.add(0), album.add(1), album.add(2)
    album.template(used, newest)
    plan = desk.plan(f"/ami create {album.instance} --keep 1")
    assert targets(plan.steps) == {album.instance, other, newest} - {newest}
    assert left(plan) == {
        used: "launch template web v1 uses it",
        newest: "launch template web v2 uses it",
    }
