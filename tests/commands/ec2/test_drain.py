from typing import Any

import pytest

from bot.operation import StepState
from playground.aws.faults import Fault, Kind
from tests.commands.desk import DEV_ID, TOKYO, Desk, left


def elbv2(desk: Desk) -> Any:
    return desk.local.client("elbv2", account=DEV_ID, region=TOKYO)


def behind(desk: Desk, name: str, *ids: str) -> str:
    """A target group with these instances; its ARN."""
    found = desk.ec2().describe_instances(InstanceIds=[ids[0]])["Reservations"][0]["Instances"][0]
    made = elbv2(desk).create_target_group(Name=name, Protocol="HTTP", Port=80, VpcId=found["VpcId"])
    arn: str = made["TargetGroups"][0]["TargetGroupArn"]
    elbv2(desk).register_targets(TargetGroupArn=arn, Targets=[{"Id": one} for one in ids])
    return arn


def registered(desk: Desk, arn: str) -> set[str]:
    found = elbv2(desk).describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
    return {one["Target"]["Id"] for one in found}


def with_volumes(desk: Desk, **tags: str) -> tuple[str, str]:
    """An instance with a root volume and one of data, with these tags; its id and that of the data."""
    (one,) = desk.run(1)
    listed = [{"Key": key.replace("_", ":"), "Value": value} for key, value in tags.items()]
    kinds = [{"ResourceType": "volume", "Tags": listed}] if listed else []
    data = desk.ec2().create_volume(AvailabilityZone=f"{TOKYO}a", Size=8, TagSpecifications=kinds)["VolumeId"]
    desk.ec2().attach_volume(VolumeId=data, InstanceId=one, Device="/dev/sdf")
    return one, data


def saved(desk: Desk) -> set[str]:
    found = desk.ec2().describe_snapshots(
        OwnerIds=["self"], Filters=[{"Name": "tag-key", "Values": ["toban:operation"]}]
    )
    return {one["VolumeId"] for one in found["Snapshots"]}


def test_it_leaves_every_target_group_and_the_others_stay(desk: Desk) -> None:
    goes, stays = desk.run(2)
    web, api = behind(desk, "web", goes, stays), behind(desk, "api", goes)
    rows = desk.carry_out(f"/ec2 drain {goes}")
    assert {(row.step.action, row.state) for row in rows} == {("ec2.drain", StepState.DONE)}
    assert {str(row.reason) for row in rows} == {
        "nothing new from web reaches it",
        "nothing new from api reaches it",
    }
    assert (registered(desk, web), registered(desk, api)) == ({stays}, set())


def test_the_volume_with_the_logs_is_saved(desk: Desk) -> None:
    one, data = with_volumes(desk, toban_logs="true")
    arn = behind(desk, "web", one)
    rows = desk.carry_out(f"/ec2 drain {one}")
    assert {row.state for row in rows} == {StepState.DONE}
    assert (saved(desk), registered(desk, arn)) == ({data}, set())


@pytest.mark.parametrize(("which", "count"), [("logs", 0), ("data", 1), ("all", 2), ("none", 0)])
def test_which_volumes_are_saved_is_said_on_the_line(desk: Desk, which: str, count: int) -> None:
    one, _ = with_volumes(desk)
    behind(desk, "web", one)
    steps = desk.plan(f"/ec2 drain {one} --volumes {which}").steps
    assert sum(step.action == "snapshot.create" for step in steps) == count


def test_snapshots_wait_for_the_calls_and_not_for_what_still_drains(desk: Desk) -> None:
    one, _ = with_volumes(desk, toban_logs="true")
    behind(desk, "web", one)
    out, save = desk.plan(f"/ec2 drain {one}").steps
    assert (save.needs, save.follows) == ((), (out.key,))


def test_logs_are_saved_although_it_could_not_be_taken_out(desk: Desk) -> None:
    one, data = with_volumes(desk, toban_logs="true")
    behind(desk, "web", one)
    desk.local.control.order(Fault(Kind.DENY, action="DeregisterTargets"))
    states = {row.step.action: row.state for row in desk.carry_out(f"/ec2 drain {one}")}
    assert states == {"ec2.drain": StepState.FAILED, "snapshot.create": StepState.DONE}
    assert saved(desk) == {data}


def test_logs_are_saved_although_nobody_may_see_the_target_groups(desk: Desk) -> None:
    one, data = with_volumes(desk, toban_logs="true")
    desk.deny("DescribeTargetGroups", DEV_ID)
    plan = desk.plan(f"/ec2 drain {one}")
    assert [step.target.id for step in plan.steps] == [data]
    assert "taken out of no target group, since nobody could look: toban's role" in str(plan.notes[0])


def test_what_is_nowhere_and_has_nothing_to_save_is_left(desk: Desk) -> None:
    (one,) = desk.run(1)
    plan = desk.plan(f"/ec2 drain {one}")
    assert (plan.steps, left(plan)) == ((), {one: "in no target group, and no volume to save"})


def test_an_emergency_does_not_wait_for_somebody_else(desk: Desk) -> None:
    """Two minutes are left: the line of a spot notice is an emergency."""
    (one,) = desk.run(1, env="prod")
    arn = behind(desk, "web", one)
    number = desk.house.asked(f'/ec2 drain {one} --emergency "spot interruption notice"')
    desk.house.work(passing=5)
    assert [row.state for row in desk.house.steps(number)] == [StepState.DONE]
    assert registered(desk, arn) == set()
