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


def test_a_member_of_an_auto_scaling_group_warns_that_it_will_be_replaced(desk: Desk) -> None:
    desk.run(1, env="dev")
    (member,) = desk.run(1, env="dev", group="web")
    warned = {
        step.target.id: [str(one) for one in step.warnings] for step in desk.plan("/ec2 stop all").steps
    }
    assert warned.pop(member) == ["its Auto Scaling group web will replace it"]
    assert list(warned.values()) == [[]]


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
