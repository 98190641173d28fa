import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from playground.aws.faults import Fault, Kind
from tests.commands.desk import PROD_ID, TOKYO, Desk, left, targets, unread
from tests.commands.volume.disks import loose, there


def snapshots(desk: Desk, volume: str) -> list[dict[str, str]]:
    """The tags of the snapshots of a volume."""
    wanted = [{"Name": "volume-id", "Values": [volume]}]
    found = desk.ec2().describe_snapshots(OwnerIds=["self"], Filters=wanted)["Snapshots"]
    return [{tag["Key"]: tag["Value"] for tag in one["Tags"]} for one in found]


def test_a_last_snapshot_is_complete_before_the_volume_goes(desk: Desk) -> None:
    volume = loose(desk, Name="old", env="dev")
    rows = desk.carry_out(f"/volume delete {volume}")
    assert [(row.step.action, row.state) for row in rows] == [
        ("snapshot.create", StepState.DONE),
        ("volume.delete", StepState.DONE),
    ]
    assert there(desk) == set()
    (tags,) = snapshots(desk, volume)
    assert tags["toban:kind"] == "snapshot"  # found as toban's, and by the volume it was taken of
    assert tags["Name"] == "old"


def test_while_the_snapshot_is_pending_the_volume_stays(desk: Desk) -> None:
    volume = loose(desk)
    desk.local.control.snapshots_take(None)
    rows = desk.carry_out(f"/volume delete {volume}", turns=2)
    assert [row.state for row in rows] == [StepState.AWAITING, StepState.PLANNED]
    assert there(desk) == {volume}


def test_a_snapshot_that_fails_keeps_the_volume(desk: Desk) -> None:
    volume = loose(desk)
    desk.local.control.fail_snapshots(1)
    rows = desk.carry_out(f"/volume delete {volume}")
    assert [row.state for row in rows] == [StepState.FAILED, StepState.SKIPPED]
    assert there(desk) == {volume}


def test_without_a_snapshot_it_is_gone_at_once_and_the_plan_says_so(desk: Desk) -> None:
    volume = loose(desk)
    plan = desk.plan(f"/volume delete {volume} --without-snapshot")
    assert [step.action for step in plan.steps] == ["volume.delete"]
    assert [str(one) for one in plan.steps[0].warnings] == ["cannot be undone: what is on it is gone"]
    desk.carry_out(f"/volume delete {volume} --without-snapshot")
    assert there(desk) == set()
    assert snapshots(desk, volume) == []


def test_what_is_attached_is_left_with_what_it_is_attached_to(desk: Desk) -> None:
    (instance,) = desk.run(1, env="dev")
    (attached,) = desk.volumes_of(instance)
    free = loose(desk, env="dev")
    plan = desk.plan("/volume delete tag:env=dev")
    assert targets(plan.steps) == {free}
    assert left(plan) == {attached: f"it is attached to {instance}"}


def test_one_with_the_tag_that_keeps_tobans_hands_off_stays(desk: Desk) -> None:
    volume = loose(desk, toban__exclude="true")
    assert left(desk.plan(f"/volume delete {volume}")) == {volume: "its tag toban:exclude keeps it out"}


def test_what_it_costs_now_and_what_the_snapshot_will_is_said(desk: Desk) -> None:
    volume = loose(desk, 100, "gp2")
    plan = desk.plan(f"/volume delete {volume}")
    assert [str(note) for note in plan.notes] == [
        "they cost about $12.00 a month",
        "the snapshots cost at most $5.00 a month",
        "list prices of 2025-03-02, an estimate",
    ]


def test_a_claim_of_kubernetes_is_told_before_anybody_agrees(desk: Desk) -> None:
    listed = [{"Key": "kubernetes.io/created-for/pvc/name", "Value": "data-0"}]
    volume = loose(desk)
    desk.ec2().create_tags(Resources=[volume], Tags=listed)
    _, deletion = desk.plan(f"/volume delete {volume}").steps
    assert "Kubernetes made it for the claim data-0, and may look for it again" in map(str, deletion.warnings)


def test_one_that_was_attached_meanwhile_is_seen_before_the_call(desk: Desk) -> None:
    (instance,) = desk.run(1)
    volume = loose(desk)
    number = desk.house.asked(f"/volume delete {volume} --without-snapshot")
    desk.ec2().attach_volume(VolumeId=volume, InstanceId=instance, Device="/dev/sdf")
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=10)
    (row,) = desk.house.steps(number)
    assert row.state is StepState.SKIPPED
    assert volume in there(desk)


def test_one_that_somebody_else_deleted_is_done(desk: Desk) -> None:
    volume = loose(desk)
    number = desk.house.asked(f"/volume delete {volume} --without-snapshot")
    desk.ec2().delete_volume(VolumeId=volume)
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=10)
    assert [row.state for row in desk.house.steps(number)] == [StepState.DONE]


def test_one_that_aws_will_not_delete_fails_alone(desk: Desk) -> None:
    first, second = loose(desk), loose(desk)
    held = Fault(
        Kind.ERROR,
        "DeleteVolume",
        params={"VolumeId": first},
        code="VolumeInUse",
        message=f"Volume {first} is currently attached to i-0123456789abcdef0",
        status=400,
    )
    number = desk.house.asked(f"/volume delete {first} {second} --without-snapshot")
    desk.local.control.order(held)
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=10, turns=3)
    ends = {row.step.target.id: row.state for row in desk.house.steps(number)}
    assert ends == {first: StepState.FAILED, second: StepState.DONE}


def test_a_place_that_cannot_be_read_is_named(desk: Desk) -> None:
    volume = loose(desk, env="dev")
    desk.deny("DescribeVolumes", PROD_ID)
    plan = desk.plan("/volume delete tag:env=dev")
    assert targets(plan.steps) == {volume}
    assert set(unread(plan)) == {("prod", TOKYO)}


def test_an_id_that_is_nowhere_and_a_tag_that_nothing_carries(desk: Desk) -> None:
    loose(desk, Name="cache")
    with pytest.raises(UsageError, match="cannot be found"):
        desk.plan("/volume delete vol-0123456789abcdef0")
    with pytest.raises(UsageError, match="Did you mean name:cache"):
        desk.plan("/volume delete name:cach")
