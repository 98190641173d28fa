from datetime import UTC, datetime, timedelta

from bot.operation import State, StepState
from bot.store import tellings
from tests.commands.desk import DEV_ID, OREGON, PROD_ID, TOKYO, Desk, left, targets, unread
from tests.commands.shelf import Shelf

TONIGHT = "2026-11-21"  # the house's clock says noon of that day in Tokyo


def tags_of(desk: Desk, snapshot: str, region: str = TOKYO) -> dict[str, str]:
    (one,) = desk.ec2(region=region).describe_snapshots(SnapshotIds=[snapshot])["Snapshots"]
    return {tag["Key"]: tag["Value"] for tag in one["Tags"]}


def told(desk: Desk, number: int) -> str:
    """What the night said at its end."""
    telling = desk.house.path.db.read(lambda tx: tellings.of(tx, number))
    assert telling is not None
    return str(telling.summary)


def test_it_is_for_what_carries_the_tag_unless_it_is_told_otherwise(desk: Desk, shelf: Shelf) -> None:
    desk.run(1)
    plan = desk.plan("/backup tonight --keep 7")
    assert targets(plan.steps) == {shelf.volume, "toban/LastGoodNight"}


def test_an_instance_that_carries_the_tag_is_one_set(desk: Desk, shelf: Shelf) -> None:
    (instance,) = desk.run(1, Backup="nightly")
    desk.ec2().attach_volume(VolumeId=shelf.volume, InstanceId=instance, Device="/dev/sdf")
    desk.carry_out("/backup tonight")
    assert desk.local.control.count("CreateSnapshots") == 1
    assert desk.local.control.count("CreateSnapshot") == 0


def test_volumes_that_are_not_meant_are_left_out_of_the_set(desk: Desk) -> None:
    """Two of three volumes carry the tag; they are of one moment, and the third is not taken."""
    (instance,) = desk.run(1)
    marked = []
    for device in ("/dev/sdf", "/dev/sdg"):
        one = desk.ec2().create_volume(AvailabilityZone=f"{TOKYO}a", Size=8)["VolumeId"]
        desk.ec2().attach_volume(VolumeId=one, InstanceId=instance, Device=device)
        Shelf(desk, one).mark(Backup="nightly")
        marked.append(one)
    (root,) = set(desk.volumes_of(instance)) - set(marked)
    desk.carry_out("/backup tonight")
    assert desk.local.control.count("CreateSnapshots") == 1
    assert [len(Shelf(desk, one).there()) for one in (*marked, root)] == [1, 1, 0]


def test_create_copy_and_delete_come_one_after_the_other(desk: Desk, shelf: Shelf) -> None:
    old, _ = shelf.add(0), shelf.add(1)
    create, copy, delete, signal = desk.plan(f"/backup tonight --keep 2 --copy-to {OREGON}").steps
    assert copy.needs == (create.key,)
    assert (delete.target.id, delete.needs) == (old, (create.key, copy.key))
    assert signal.needs == (create.key, copy.key)


def test_a_night_makes_its_generation_copies_it_and_keeps_k_here_and_there(desk: Desk, shelf: Shelf) -> None:
    line = f"/backup tonight --keep 2 --copy-to {OREGON}"
    nights = [shelf.add(night) for night in range(2)]
    rows = desk.carry_out(line, turns=12)
    assert {row.state for row in rows} == {StepState.DONE}
    new = next(row.result for row in rows if row.step.action == "snapshot.create")
    assert shelf.there() == [nights[1], new]
    (copy,) = shelf.copies()
    ours = {"toban:kind": "copy", "toban:copy-of": new, "toban:volume": shelf.volume, "toban:night": TONIGHT}
    assert ours.items() <= tags_of(desk, copy, OREGON).items()
    assert tags_of(desk, new)["Backup"] == "nightly"
    assert told(desk, 1) == (
        "Backups of 2026-11-21: the one volume or instance. 1 new generation, 1 copy, 1 old one removed."
    )


def test_the_second_delivery_of_a_night_takes_nothing_twice(desk: Desk, shelf: Shelf) -> None:
    desk.carry_out("/backup tonight --keep 3", turns=8)
    assert desk.plan("/backup tonight --keep 3").steps == ()
    assert len(shelf.there()) == 1


def test_a_snapshot_of_tonight_that_is_pending_is_waited_for_by_whoever_made_it(
    desk: Desk, shelf: Shelf
) -> None:
    desk.local.control.snapshots_take(None)
    desk.see_through("/backup tonight --keep 1", turns=2)
    (pending,) = shelf.there()
    plan = desk.plan("/backup tonight --keep 1")
    assert plan.steps == ()
    assert left(plan) == {shelf.volume: f"its snapshot of this night, {pending}, is pending"}


def test_asked_for_again_it_makes_up_for_the_copies_that_failed(desk: Desk, shelf: Shelf) -> None:
    desk.local.control.deny_copies_by_kms(1)
    rows = desk.carry_out(f"/backup tonight --copy-to {OREGON}", turns=12)
    assert {row.step.action: row.state for row in rows} == {
        "snapshot.create": StepState.DONE,
        "snapshot.copy": StepState.FAILED,
        "backup.signal": StepState.SKIPPED,
    }
    desk.carry_out(f"/backup tonight --copy-to {OREGON}", turns=12)
    assert len(shelf.there()) == 1
    states = [
        desk.ec2(region=OREGON).describe_snapshots(SnapshotIds=[one])["Snapshots"][0]["State"]
        for one in shelf.copies()
    ]
    assert sorted(states) == ["completed", "error"]


def test_a_volume_says_itself_how_many_stay(desk: Desk, shelf: Shelf) -> None:
    shelf.mark(toban_keep="2")
    nights = [shelf.add(night) for night in range(3)]
    plan = desk.plan("/backup tonight --keep 7")
    assert targets(plan.steps) >= set(nights[:2])
    assert nights[2] not in targets(plan.steps)


def test_a_volume_says_itself_where_it_is_copied_to(desk: Desk, shelf: Shelf) -> None:
    shelf.mark(toban_copy__to=OREGON)
    regions = {step.target.region for step in desk.plan("/backup tonight").steps if "copy" in step.action}
    assert regions == {OREGON}


def test_a_volume_whose_tag_cannot_be_read_is_backed_up_and_loses_nothing(desk: Desk, shelf: Shelf) -> None:
    shelf.mark(toban_keep="two")
    for night in range(4):
        shelf.add(night)
    create, _signal = desk.plan("/backup tonight --keep 1").steps
    assert [str(one) for one in create.warnings] == ["nothing of it is deleted: its tag toban:keep is “two”"]


def test_what_is_left_out_is_named_with_the_reason(desk: Desk, shelf: Shelf) -> None:
    shelf.mark(toban_exclude="true")
    assert left(desk.plan("/backup tonight")) == {shelf.volume: "its tag toban:exclude keeps it out"}
    shelf.mark(toban_exclude="false", env="load-test")
    plan = desk.plan("/backup tonight --without env=load-*")
    assert left(plan) == {shelf.volume: "left out by --without env=load-*"}


def test_a_night_that_did_not_see_everything_is_no_good_night(desk: Desk, shelf: Shelf) -> None:
    """Nobody knows what is protected there; CloudWatch must not be told that all is well."""
    desk.deny("DescribeVolumes", PROD_ID)
    plan = desk.plan("/backup tonight")
    assert targets(plan.steps) == {shelf.volume}
    assert set(unread(plan)) == {("prod", TOKYO)}


def test_a_region_that_nobody_looks_after_cannot_get_copies(desk: Desk, shelf: Shelf) -> None:
    number = desk.house.asked("/backup tonight --copy-to us-west-2 --account prod")
    assert desk.house.operation(number).state is State.REFUSED


def test_one_failed_volume_costs_no_other_its_backup(desk: Desk, shelf: Shelf) -> None:
    other = Shelf(desk, desk.volumes_of(desk.run(1, Backup="nightly")[0])[0])
    last = [one.add(0) for one in (shelf, other)]
    desk.local.control.fail_snapshots(1)
    number = desk.see_through("/backup tonight --keep 1", turns=10)
    assert desk.house.operation(number).state is State.PARTLY
    kept = [one.there() for one in (shelf, other)]
    assert sorted(old in there for old, there in zip(last, kept, strict=True)) == [False, True]
    assert "1 of 2 volumes and instances; 1 failed." in told(desk, number)


def test_instances_may_become_images_and_loose_volumes_stay_snapshots(desk: Desk, shelf: Shelf) -> None:
    (instance,) = desk.run(1, Backup="nightly")
    plan = desk.plan("/backup tonight --images --keep 2")
    made = {(step.action, step.target.id) for step in plan.steps if step.action.endswith("create")}
    assert made == {("snapshot.create", shelf.volume), ("ami.create", instance)}


def test_snapshots_of_the_former_functions_count_when_that_is_asked(desk: Desk, shelf: Shelf) -> None:
    old = shelf.add(0, ours=False)
    tags = {"BackupType": "snapshot", "VolumeId": shelf.volume}
    desk.ec2().create_tags(Resources=[old], Tags=[{"Key": k, "Value": v} for k, v in tags.items()])
    assert old not in targets(desk.plan("/backup tonight --keep 1").steps)
    assert old in targets(desk.plan("/backup tonight --keep 1 --count-existing").steps)


def test_accounts_and_regions_are_one_night(desk: Desk, shelf: Shelf) -> None:
    desk.run(1, account=PROD_ID, Backup="nightly")
    desk.run(1, region=OREGON, Backup="nightly")
    places = {(one.target.account, one.target.region) for one in desk.plan("/backup tonight").steps}
    assert places == {("dev", TOKYO), ("dev", OREGON), ("prod", TOKYO)}
    assert DEV_ID != PROD_ID


def test_what_images_that_are_gone_left_behind_is_offered(desk: Desk, shelf: Shelf) -> None:
    """Somebody deregistered the image elsewhere; nothing but the night would notice."""
    tags = {"toban:operation": "7", "toban:kind": "image", "toban:token": "gone"}
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    orphan = desk.ec2().create_snapshot(
        VolumeId=shelf.volume, TagSpecifications=[{"ResourceType": "snapshot", "Tags": listed}]
    )["SnapshotId"]
    desk.house.time.at = datetime.now(UTC) + timedelta(days=1)
    plan = desk.plan("/backup tonight")
    assert [str(note) for note in plan.notes] == [
        f"1 snapshot of an image that is gone ({orphan}): `/ami prune --orphans` deletes it"
    ]
    assert orphan not in targets(plan.steps)
