from bot.operation import State, StepState
from playground.aws.faults import Fault, Kind
from tests.commands.desk import DEV_ID, TOKYO, Desk, left, targets
from tests.commands.shelf import Shelf


def attach(desk: Desk, shelf: Shelf, instance: str) -> None:
    desk.ec2().attach_volume(VolumeId=shelf.volume, InstanceId=instance, Device="/dev/sdf")


def test_a_volume_becomes_one_snapshot(desk: Desk, shelf: Shelf) -> None:
    (step,) = desk.plan(f"/snapshot create {shelf.volume}").steps
    assert (step.target.id, step.group, step.after) == (shelf.volume, "", (("snapshot", "completed"),))


def test_an_instance_is_one_set_in_one_call(desk: Desk, shelf: Shelf) -> None:
    """CreateSnapshots: all volumes at one moment."""
    (instance,) = desk.run(1)
    attach(desk, shelf, instance)
    rows = desk.carry_out(f"/snapshot create {instance}")
    assert {row.step.target.id for row in rows} == set(desk.volumes_of(instance))
    assert {row.state for row in rows} == {StepState.DONE}
    assert {row.step.group for row in rows} == {instance}
    assert desk.local.control.count("CreateSnapshots") == 1
    assert desk.local.control.count("CreateSnapshot") == 0


def test_a_volume_that_joined_the_instance_since_the_plan_stops_the_set(desk: Desk, shelf: Shelf) -> None:
    (instance,) = desk.run(1, env="prod")
    number = desk.house.asked(f"/snapshot create {instance}")
    attach(desk, shelf, instance)
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=20)
    (row,) = desk.house.steps(number)
    assert row.state is StepState.SKIPPED
    assert "changed since the plan: attached is" in str(row.reason)


def test_without_keep_nothing_goes(desk: Desk, shelf: Shelf) -> None:
    for night in range(5):
        shelf.add(night)
    assert {step.action for step in desk.plan(f"/snapshot create {shelf.volume}").steps} == {
        "snapshot.create"
    }


def test_the_new_one_counts_and_the_old_one_waits_for_it(desk: Desk, shelf: Shelf) -> None:
    old, _newer = shelf.add(0), shelf.add(1)
    create, delete = desk.plan(f"/snapshot create {shelf.volume} --keep 2").steps
    assert (delete.target.id, delete.needs) == (old, (create.key,))


def test_keeping_one_deletes_the_last_only_when_the_new_one_is_complete(desk: Desk, shelf: Shelf) -> None:
    """K = 1: while the new one is pending there is exactly one to restore from."""
    last = shelf.add(0)
    desk.local.control.snapshots_take(None)
    number = desk.house.asked(f"/snapshot create {shelf.volume} --keep 1")
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=60, turns=5)
    assert last in shelf.there()
    desk.local.control.release_snapshots()
    desk.house.work(passing=60, turns=5)
    (kept,) = shelf.there()
    assert kept != last
    assert desk.house.operation(number).state is State.DONE


def test_a_new_one_that_fails_costs_no_old_one(desk: Desk, shelf: Shelf) -> None:
    last = shelf.add(0)
    desk.local.control.fail_snapshots()
    rows = desk.carry_out(f"/snapshot create {shelf.volume} --keep 1")
    ends = {row.step.action: row.state for row in rows}
    assert ends == {"snapshot.create": StepState.FAILED, "snapshot.delete": StepState.SKIPPED}
    assert last in shelf.there()


def test_a_pending_one_of_last_night_is_no_generation(desk: Desk, shelf: Shelf) -> None:
    kept = shelf.add(0)
    shelf.add(1, state="pending")
    assert kept not in targets(desk.plan(f"/snapshot create {shelf.volume} --keep 2").steps)


def test_one_that_an_image_uses_stays_and_is_named(desk: Desk, shelf: Shelf) -> None:
    used = shelf.add(0)
    image = shelf.use(used)
    plan = desk.plan(f"/snapshot create {shelf.volume} --keep 1")
    assert left(plan) == {used: f"{image} uses it"}


def test_what_it_makes_carries_tobans_tags_from_the_first_moment(desk: Desk, shelf: Shelf) -> None:
    (row,) = desk.carry_out(f"/snapshot create {shelf.volume}")
    (made,) = desk.ec2().describe_snapshots(SnapshotIds=[row.result])["Snapshots"]
    tags = {tag["Key"]: tag["Value"] for tag in made["Tags"]}
    assert tags["toban:operation"] == "1"
    assert tags["toban:token"].startswith("toban-1-")
    assert desk.local.control.count("CreateTags") == 0


def test_a_cut_answer_makes_no_second_snapshot(desk: Desk, shelf: Shelf) -> None:
    """The tag of the first call is looked for before any second one."""
    desk.local.control.order(Fault(Kind.CUT_AFTER, action="CreateSnapshot", times=1))
    (row,) = desk.carry_out(f"/snapshot create {shelf.volume}")
    assert row.state is StepState.DONE
    assert shelf.there() == [row.result]


def test_a_call_that_never_arrived_is_made_again(desk: Desk, shelf: Shelf) -> None:
    desk.local.control.order(Fault(Kind.CUT_BEFORE, action="CreateSnapshot", times=1))
    (row,) = desk.carry_out(f"/snapshot create {shelf.volume}")
    assert row.state is StepState.DONE
    assert shelf.there() == [row.result]


def test_a_snapshot_that_listings_do_not_show_yet_is_waited_for(desk: Desk, shelf: Shelf) -> None:
    """EC2's listings are eventually consistent: a cut answer is not repeated before they settle."""
    desk.local.control.snapshots_take(0, hidden=10)
    desk.local.control.order(Fault(Kind.CUT_AFTER, action="CreateSnapshot", times=1))
    (row,) = desk.carry_out(f"/snapshot create {shelf.volume}")
    assert row.state is StepState.DONE
    assert len(desk.local.backend("ec2", DEV_ID, TOKYO).snapshots) == 1
