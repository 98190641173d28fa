import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from tests.commands.desk import DEV_ID, TOKYO, Desk, left, targets


def test_running_instances_become_steps_and_the_others_are_named(desk: Desk) -> None:
    runs, still = desk.run(2, env="dev")
    desk.ec2().stop_instances(InstanceIds=[still])
    plan = desk.plan("/ec2 stop tag:env=dev")
    assert targets(plan.steps) == {runs}
    assert left(plan) == {still: "it is stopped"}
    assert str(plan.summary) == "stop 1 of 2 instances"


def warned(desk: Desk, line: str = "/ec2 stop all") -> dict[str, list[str]]:
    return {step.target.id: [str(one) for one in step.warnings] for step in desk.plan(line).steps}


def test_a_member_of_an_auto_scaling_group_warns_that_it_will_be_replaced(desk: Desk) -> None:
    (loner,) = desk.run(1, env="dev")
    (member,) = desk.run(1, env="dev", group="web")
    said = warned(desk)
    assert "its Auto Scaling group web will replace it" in said[member]
    assert not any("Auto Scaling" in one for one in said[loner])


def test_disks_of_the_machine_itself_lose_what_is_on_them(desk: Desk) -> None:
    store, ebs = desk.run(2, env="dev")
    backend = desk.local.backend("ec2", DEV_ID, TOKYO)
    backend.get_instance(store).instance_type, backend.get_instance(ebs).instance_type = (
        "m5d.large",
        "m5.large",
    )
    said = warned(desk)
    assert "what is on the disks of the m5d.large itself (instance store) is lost" in said[store]
    assert not any("instance store" in one for one in said[ebs])


def test_an_address_that_a_stop_takes_away_is_named_and_an_elastic_one_is_not(desk: Desk) -> None:
    plain, elastic = desk.run(2, env="dev")
    ec2 = desk.ec2()
    made = ec2.allocate_address(Domain="vpc")
    ec2.associate_address(InstanceId=elastic, AllocationId=made["AllocationId"])
    listed = ec2.describe_instances(InstanceIds=[plain])["Reservations"][0]["Instances"][0]
    said = warned(desk)
    address = listed["PublicIpAddress"]
    assert any(f"its public address {address} will be another one" in one for one in said[plain])
    assert not any("public address" in one for one in said[elastic])


def test_who_has_a_session_open_is_named(desk: Desk) -> None:
    busy, idle = desk.run(2, env="dev")
    desk.local.control.open_session(busy, "sato")
    said = warned(desk)
    assert any("sato has had a session open on it since" in one for one in said[busy])
    assert not any("session" in one for one in said[idle])


def test_a_protected_instance_is_left_with_the_way_to_lift_it(desk: Desk) -> None:
    kept, stops = desk.run(2, env="dev")
    desk.ec2().modify_instance_attribute(InstanceId=kept, DisableApiStop={"Value": True})
    plan = desk.plan("/ec2 stop tag:env=dev")
    assert targets(plan.steps) == {stops}
    assert f"--instance-id {kept} --no-disable-api-stop" in left(plan)[kept]


def test_an_instance_of_a_one_time_spot_request_is_left(desk: Desk) -> None:
    spot, stops = desk.run(2, env="dev")
    there = desk.local.backend("ec2", DEV_ID, TOKYO).get_instance(spot)
    there.lifecycle, there.spot_instance_request_id = "spot", "sir-1abc2def"
    plan = desk.plan("/ec2 stop tag:env=dev")
    assert targets(plan.steps) == {stops}
    assert "one-time spot request" in left(plan)[spot]


def test_what_the_role_may_not_look_at_is_a_note_and_no_refusal(desk: Desk) -> None:
    ids = desk.run(2, env="dev")
    for action in ("DescribeSessions", "DescribeInstanceTypes", "DescribeInstanceAttribute"):
        desk.deny(action, DEV_ID)
    plan = desk.plan("/ec2 stop tag:env=dev")
    assert targets(plan.steps) == set(ids)
    assert plan.unread == ()
    for lacking in ("ssm:DescribeSessions", "ec2:DescribeInstanceTypes", "ec2:DescribeInstanceAttribute"):
        assert sum(lacking in str(note) for note in plan.notes) == 1


def test_many_are_not_asked_one_by_one_whether_they_are_protected(desk: Desk) -> None:
    desk.run(21, env="dev")
    desk.plan("/ec2 stop tag:env=dev")
    assert desk.local.control.count("DescribeInstanceAttribute") == 0


def test_one_protected_among_many_is_refused_alone(desk: Desk) -> None:
    kept, *_others = desk.run(22, env="dev")
    desk.ec2().modify_instance_attribute(InstanceId=kept, DisableApiStop={"Value": True})
    ends = {row.step.target.id: row for row in desk.carry_out("/ec2 stop tag:env=dev")}
    assert "may not be stopped" in str(ends.pop(kept).reason)
    assert {row.state for row in ends.values()} == {StepState.DONE}


def test_an_instance_store_cannot_be_stopped_and_is_left(desk: Desk) -> None:
    (disk, store) = desk.run(2, env="dev")
    desk.local.backend("ec2", DEV_ID, TOKYO).get_instance(store).root_device_type = "instance-store"
    plan = desk.plan("/ec2 stop tag:env=dev")
    assert targets(plan.steps) == {disk}
    assert "EC2 cannot stop it" in left(plan)[store]


def test_an_id_that_was_mistyped_stops_nothing(desk: Desk) -> None:
    (there,) = desk.run(1)
    with pytest.raises(UsageError, match="i-0123456789abcdef0 cannot be found"):
        desk.plan(f"/ec2 stop {there} i-0123456789abcdef0")


def test_a_tag_that_is_a_slip_away_is_offered(desk: Desk) -> None:
    desk.run(1, env="staging")
    with pytest.raises(UsageError, match="Did you mean tag:env=staging"):
        desk.plan("/ec2 stop tag:env=stagign")


def test_stopping_is_repeatable_and_ends_when_ec2_shows_it(desk: Desk) -> None:
    ids = desk.run(3, env="dev")
    desk.local.control.instances_take(stop=30)
    rows = desk.carry_out("/ec2 stop tag:env=dev")
    assert {(row.step.target.id, row.state) for row in rows} == {(one, StepState.DONE) for one in ids}
    assert desk.local.control.count("StopInstances") == 1


def test_who_stopped_it_meanwhile_saved_us_the_call(desk: Desk) -> None:
    (one,) = desk.run(1, env="prod")
    number = desk.house.asked("/ec2 stop tag:env=prod")
    desk.ec2().stop_instances(InstanceIds=[one])
    desk.local.control.log.clear()
    desk.house.click(number, "U0SUZUKI")
    desk.house.work()
    (row,) = desk.house.steps(number)
    assert (row.state, str(row.reason)) == (StepState.DONE, "it was so already")
    assert desk.local.control.count("StopInstances") == 0


def test_a_terminated_instance_has_failed(desk: Desk) -> None:
    (one,) = desk.run(1, env="dev")
    desk.local.control.instances_take(stop=None)
    desk.carry_out("/ec2 stop tag:env=dev", turns=2)
    desk.ec2().terminate_instances(InstanceIds=[one])
    desk.house.work(passing=10)
    (row,) = desk.house.steps(1)
    assert (row.state, str(row.reason)) == (StepState.FAILED, "it is terminated")
