import json

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from commands.changes import delete_alarms
from tests.commands.alarm.watchers import cloudwatch, composite, put, put_over_both, there
from tests.commands.balancer.scales import group
from tests.commands.desk import DEV_ID, PROD_ID, TOKYO, Desk, left

NEVER = "i-0fedcba9876543210"


def gone(desk: Desk) -> str:
    (one,) = desk.run(1)
    desk.ec2().terminate_instances(InstanceIds=[one])
    return one


def test_the_alarms_of_one_that_is_gone_are_deleted_and_no_others(desk: Desk) -> None:
    one, (alive,) = gone(desk), desk.run(1)
    put(desk, "of the gone", one)
    put(desk, "of the gone, too", one)
    put(desk, "of another", alive)
    rows = desk.carry_out(f"/alarm tidy {one}")
    assert [row.state for row in rows] == [StepState.DONE] * 2
    assert set(there(desk)) == {"of another"}


def test_also_when_ec2_has_forgotten_it(desk: Desk) -> None:
    put(desk, "cpu", NEVER)
    desk.carry_out(f"/alarm tidy {NEVER}")
    assert there(desk) == {}


def test_its_definition_is_kept_in_the_step(desk: Desk) -> None:
    put(desk, "cpu", NEVER)
    (step,) = desk.plan(f"/alarm tidy {NEVER}").steps
    kept = json.loads(dict(step.inputs)["definition"])
    desk.carry_out(f"/alarm tidy {NEVER}")
    cloudwatch(desk).put_metric_alarm(**kept)
    assert there(desk)["cpu"]["Threshold"] == 80.0


def test_one_that_is_still_there_keeps_its_alarms(desk: Desk) -> None:
    (one,) = desk.run(1)
    desk.ec2().stop_instances(InstanceIds=[one])
    put(desk, "cpu", one)
    plan = desk.plan(f"/alarm tidy {one}")
    assert plan.steps == ()
    assert left(plan)[one].startswith("it is still there: stop")


def test_one_that_may_be_where_nobody_can_look_keeps_its_alarms(desk: Desk) -> None:
    put(desk, "cpu", NEVER)
    desk.deny("DescribeInstances", PROD_ID)
    plan = desk.plan(f"/alarm tidy {NEVER}")
    assert plan.steps == ()
    assert left(plan) == {NEVER: "it may be in a place that could not be read"}


def test_an_alarm_that_is_also_about_another_stays(desk: Desk) -> None:
    one, (alive,) = gone(desk), desk.run(1)
    put_over_both(desk, "both", one, alive)
    plan = desk.plan(f"/alarm tidy {one}")
    assert plan.steps == ()
    assert left(plan) == {"both": f"it is also about {alive}"}


def test_an_alarm_that_a_composite_alarm_counts_stays(desk: Desk) -> None:
    one = gone(desk)
    put(desk, "cpu", one)
    composite(desk, "shop", 'ALARM("cpu") OR ALARM("disk")')
    plan = desk.plan(f"/alarm tidy {one}")
    assert plan.steps == ()
    assert left(plan) == {"cpu": "the composite alarm shop counts it"}


def test_one_that_was_made_anew_about_another_meanwhile_stays(desk: Desk) -> None:
    one, (alive,) = gone(desk), desk.run(1)
    put(desk, "cpu", one)
    plan = desk.plan(f"/alarm tidy {one}")
    put(desk, "cpu", alive)
    world, (step,) = desk.house.path.observer(), plan.steps
    shows = delete_alarms.look(world, step.target.place, [step])
    assert shows[step.key] not in (step.before, step.after)


def test_dead_target_registrations_are_removed(desk: Desk) -> None:
    one, (alive,) = gone(desk), desk.run(1)
    arn = group(desk, "shop", alive)
    there = desk.local.backend("elbv2", DEV_ID, TOKYO).target_groups[arn].targets
    there[one] = {"Id": one, "Port": 80}  # which moto, unlike AWS now and then, does away with by itself
    rows = desk.carry_out(f"/alarm tidy {one}")
    assert [row.step.action for row in rows] == ["ec2.drain"]
    assert set(there) == {alive}


def test_where_nobody_may_see_the_target_groups_the_alarms_go_all_the_same(desk: Desk) -> None:
    put(desk, "cpu", NEVER)
    desk.deny("DescribeTargetGroups", DEV_ID)
    plan = desk.plan(f"/alarm tidy {NEVER}")
    assert len(plan.steps) == 1
    assert "could not look at target groups" in str(plan.notes[0])


def test_what_is_gone_has_no_name(desk: Desk) -> None:
    with pytest.raises(UsageError, match="Name the instances by their ids"):
        desk.plan("/alarm tidy name:web-*")
