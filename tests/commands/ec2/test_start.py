from typing import Any

from bot.operation import State, StepState
from tests.commands.desk import DEV_ID, OREGON, PROD_ID, TOKYO, Desk, left, targets, unread


def stopped(desk: Desk, count: int = 1, **tags: str) -> tuple[str, ...]:
    ids = desk.run(count, **tags)
    desk.ec2().stop_instances(InstanceIds=list(ids))
    return ids


def by_id(desk: Desk) -> dict[str, str]:
    return {row.step.target.id: row.state for row in desk.house.steps(1)}


def test_only_stopped_instances_become_steps_and_the_others_are_named(desk: Desk) -> None:
    (still,) = stopped(desk, env="dev")
    (runs,) = desk.run(1, env="dev")
    plan = desk.plan("/ec2 start tag:env=dev")
    assert targets(plan.steps) == {still}
    assert left(plan) == {runs: "it is running"}
    assert str(plan.summary) == "start 1 of 2 instances"
    assert (plan.steps[0].before, plan.steps[0].after) == ((("state", "stopped"),), (("state", "running"),))


def test_an_instance_of_another_region_is_found_by_its_id(desk: Desk) -> None:
    (far,) = desk.run(1, region=OREGON)
    desk.ec2(region=OREGON).stop_instances(InstanceIds=[far])
    (step,) = desk.plan(f"/ec2 start {far}").steps
    assert step.target.region == OREGON


def test_nothing_is_planned_where_nobody_could_look(desk: Desk) -> None:
    (here,) = stopped(desk, env="dev")
    desk.run(1, account=PROD_ID, env="dev")
    desk.deny("DescribeInstances")
    plan = desk.plan("/ec2 start tag:env=dev")
    assert targets(plan.steps) == {here}
    assert set(unread(plan)) == {("prod", "ap-northeast-1")}


def test_started_is_what_has_passed_its_status_checks(desk: Desk) -> None:
    ids = stopped(desk, 2, env="dev")
    desk.local.control.instances_take(start=15, checks=90)
    rows = desk.carry_out("/ec2 start tag:env=dev", turns=3)
    assert {row.state for row in rows} == {StepState.AWAITING}
    desk.house.work(passing=20, turns=2)
    desk.local.control.advance(200)
    desk.house.work(passing=20, turns=2)
    assert {(row.step.target.id, row.state) for row in desk.house.steps(1)} == {
        (one, StepState.DONE) for one in ids
    }


def test_an_instance_that_falls_back_has_failed_with_awss_reason(desk: Desk) -> None:
    """StartInstances answers 200 also when KMS will refuse the disk's key."""
    (locked,) = stopped(desk, env="dev")
    desk.local.control.refuse_start_by_kms(locked)
    (row,) = desk.carry_out(f"/ec2 start {locked}")
    assert row.state is StepState.FAILED
    assert "it is stopped again: Client.InternalError" in str(row.reason)


def test_an_instance_that_is_not_well_in_time_has_failed(desk: Desk) -> None:
    (ill,) = stopped(desk, env="dev")
    desk.local.control.impair(ill)
    (row,) = desk.carry_out(f"/ec2 start {ill}", turns=8, passing=100)
    assert row.state is StepState.FAILED
    assert "not so in time; AWS shows: running; system check impaired" in str(row.reason)


def test_one_instance_without_capacity_does_not_keep_the_others_down(desk: Desk) -> None:
    """It alone is tried again, until its time is over."""
    ids = stopped(desk, 2, env="dev")
    desk.local.control.no_capacity(ids[1])
    desk.carry_out("/ec2 start tag:env=dev --within 2m", turns=2)
    assert by_id(desk) == {ids[0]: StepState.DONE, ids[1]: StepState.PLANNED}
    desk.house.work(passing=60, turns=4)
    assert by_id(desk) == {ids[0]: StepState.DONE, ids[1]: StepState.FAILED}


def test_the_time_limit_of_the_line_is_that_of_each(desk: Desk) -> None:
    (ill,) = stopped(desk, env="dev")
    desk.local.control.impair(ill)
    (row,) = desk.carry_out(f"/ec2 start {ill} --within 2m", turns=4, passing=50)
    assert row.state is StepState.FAILED
    assert "not so in time" in str(row.reason)


# -- only for a while ----------------------------------------------------------------------------------


def states(desk: Desk) -> dict[str, str]:
    return {row.step.action: row.state for row in desk.house.steps(1)}


def test_a_bastion_is_up_for_as_long_as_was_said(desk: Desk) -> None:
    (bastion,) = stopped(desk, Name="bastion")
    desk.carry_out("/ec2 start name:bastion --for 2h", turns=3)
    assert states(desk) == {"ec2.start": StepState.DONE, "ec2.stop": StepState.PLANNED}
    assert desk.house.operation(1).state is State.RUNNING
    (held,) = desk.house.path.ledger.held()
    assert (held.resource, held.action, held.number) == (bastion, "ec2.stop", 1)
    desk.house.work(passing=110 * 60)
    assert states(desk)["ec2.stop"] is StepState.PLANNED
    desk.house.work(passing=11 * 60)
    desk.house.work(passing=20, turns=2)
    assert states(desk) == {"ec2.start": StepState.DONE, "ec2.stop": StepState.DONE}
    assert desk.house.operation(1).state is State.DONE


def test_what_runs_already_is_only_stopped(desk: Desk) -> None:
    (runs,) = desk.run(1, Name="bastion")
    plan = desk.plan("/ec2 start name:bastion --for 30m")
    assert [(step.action, step.target.id) for step in plan.steps] == [("ec2.stop", runs)]
    assert str(plan.summary) == "start 0 of 1 instance, and stop it after 0:30:00"
    desk.see_through("/ec2 start name:bastion --for 30m", turns=2)
    assert states(desk) == {"ec2.stop": StepState.PLANNED}
    desk.house.work(passing=31 * 60)
    desk.house.work(passing=20, turns=2)
    assert states(desk) == {"ec2.stop": StepState.DONE}


def test_one_whose_start_failed_is_stopped_all_the_same(desk: Desk) -> None:
    """It may run in spite of what its checks say, and nobody wants to pay for it for ever."""
    (ill,) = stopped(desk, Name="bastion")
    desk.local.control.impair(ill)
    desk.see_through("/ec2 start name:bastion --for 1h --within 1m", turns=4, passing=30)
    assert states(desk)["ec2.start"] is StepState.FAILED
    desk.house.work(passing=61 * 60)
    desk.house.work(passing=20, turns=2)
    assert states(desk)["ec2.stop"] is StepState.DONE


def test_of_two_that_want_it_up_the_longer_holds(desk: Desk) -> None:
    (bastion,) = stopped(desk, Name="bastion")
    desk.see_through("/ec2 start name:bastion --for 1h", turns=3)
    second = desk.see_through("/ec2 start name:bastion --for 2h", turns=2)
    (step,) = desk.plan("/ec2 start name:bastion --for 10m").steps
    assert any(f"#{second} keeps it running for longer" in str(one) for one in step.warnings)
    desk.house.work(passing=65 * 60)
    desk.house.work(passing=20, turns=2)
    first = {row.step.action: row for row in desk.house.steps(1)}
    assert first["ec2.stop"].state is StepState.SKIPPED
    assert f"kept is kept by #{second}" in str(first["ec2.stop"].reason)
    desk.house.work(passing=60 * 60)
    desk.house.work(passing=20, turns=2)
    (last,) = desk.house.steps(second)
    assert (last.step.target.id, last.state) == (bastion, StepState.DONE)


# -- healthy where it is registered --------------------------------------------------------------------


def registered(desk: Desk, *ids: str) -> tuple[str, Any]:
    """A target group with these instances, and moto's own of it."""
    elbv2 = desk.local.client("elbv2", account=DEV_ID, region=TOKYO)
    found = desk.ec2().describe_instances(InstanceIds=[ids[0]])["Reservations"][0]["Instances"][0]
    made = elbv2.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=found["VpcId"])
    arn: str = made["TargetGroups"][0]["TargetGroupArn"]
    elbv2.register_targets(TargetGroupArn=arn, Targets=[{"Id": one} for one in ids])
    desk.ec2().stop_instances(InstanceIds=list(ids))
    return arn, elbv2


def test_the_target_groups_of_each_are_found_in_the_plan(desk: Desk) -> None:
    (lone,), (web,) = stopped(desk, env="dev"), desk.run(1, env="dev")
    arn, _ = registered(desk, web)
    plan = desk.plan("/ec2 start tag:env=dev --healthy")
    assert {step.target.id: step.inputs for step in plan.steps} == {web: (("groups", arn),), lone: ()}
    assert [str(note) for note in plan.notes] == [
        f"in no target group, so that only their status checks are looked at: {lone}"
    ]


def test_started_is_only_what_its_target_groups_call_healthy(desk: Desk) -> None:
    (web,) = desk.run(1, env="dev")
    arn, elbv2 = registered(desk, web)
    desk.local.control.instances_take(start=600)
    desk.carry_out("/ec2 start tag:env=dev --healthy --within 1h", turns=2)
    elbv2.deregister_targets(TargetGroupArn=arn, Targets=[{"Id": web}])
    desk.local.control.advance(700)
    desk.house.work(passing=10, turns=2)
    (row,) = desk.house.steps(1)
    assert row.state is StepState.AWAITING
    elbv2.register_targets(TargetGroupArn=arn, Targets=[{"Id": web}])
    desk.house.work(passing=10, turns=2)
    (row,) = desk.house.steps(1)
    assert row.state is StepState.DONE
    assert str(row.reason) == "running, its checks passed, healthy in 1 target group"


def test_groups_that_nobody_may_list_are_a_note(desk: Desk) -> None:
    (web,) = stopped(desk, env="dev")
    desk.deny("DescribeTargetGroups", DEV_ID)
    plan = desk.plan("/ec2 start tag:env=dev --healthy")
    assert targets(plan.steps) == {web}
    assert "lacks elasticloadbalancing:DescribeTargetGroups" in str(plan.notes[0])
