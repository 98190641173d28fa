from bot.operation import StepState
from tests.commands.desk import OREGON, PROD_ID, Desk, left, targets, unread


def stopped(desk: Desk, count: int = 1, **tags: str) -> tuple[str, ...]:
    ids = desk.run(count, **tags)
    desk.ec2().stop_instances(InstanceIds=list(ids))
    return ids


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
    ids = stopped(desk, 2, env="dev")
    desk.local.control.no_capacity(ids[1])
    ends = {row.step.target.id: row.state for row in desk.carry_out("/ec2 start tag:env=dev", turns=10)}
    assert ends.pop(ids[1]) is StepState.FAILED
    assert set(ends.values()) == {StepState.DONE}
