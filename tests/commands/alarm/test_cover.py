import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from tests.commands.alarm.watchers import TOPIC, put, there
from tests.commands.desk import OREGON, PROD_ID, Desk, left


def test_an_instance_gets_its_alarms_of_the_template(desk: Desk) -> None:
    (one,) = desk.run(1)
    rows = desk.carry_out(f"/alarm cover {one} --topic {TOPIC}")
    assert {row.state for row in rows} == {StepState.DONE}
    made = there(desk)
    assert set(made) == {f"toban/{one}/status", f"toban/{one}/cpu"}
    cpu = made[f"toban/{one}/cpu"]
    assert (cpu["MetricName"], cpu["Threshold"], cpu["AlarmActions"]) == ("CPUUtilization", 90.0, [TOPIC])
    assert cpu["Dimensions"] == [{"Name": "InstanceId", "Value": one}]
    assert made[f"toban/{one}/status"]["MetricName"] == "StatusCheckFailed"


def test_covered_twice_nothing_is_left_to_do(desk: Desk) -> None:
    (one,) = desk.run(1)
    desk.carry_out(f"/alarm cover {one} --topic {TOPIC}")
    plan = desk.plan(f"/alarm cover {one} --topic {TOPIC}")
    assert plan.steps == ()
    assert left(plan) == {one: "it has its alarms already"}


def test_another_threshold_changes_the_one_alarm(desk: Desk) -> None:
    (one,) = desk.run(1)
    desk.carry_out(f"/alarm cover {one} --topic {TOPIC}")
    (row,) = desk.carry_out(f"/alarm cover {one} --topic {TOPIC} --cpu 75")
    assert row.step.target.id == f"toban/{one}/cpu"
    assert there(desk)[f"toban/{one}/cpu"]["Threshold"] == 75.0


def test_alarms_of_others_stay_as_they_are(desk: Desk) -> None:
    (one,) = desk.run(1)
    put(desk, "ours", one)
    desk.carry_out(f"/alarm cover {one} --topic {TOPIC}")
    assert there(desk)["ours"]["Threshold"] == 80.0


def test_what_is_gone_or_in_another_region_than_the_topic_is_left(desk: Desk) -> None:
    (gone,), (far,) = desk.run(1), desk.run(1, region=OREGON)
    desk.ec2().terminate_instances(InstanceIds=[gone])
    plan = desk.plan(f"/alarm cover {gone} {far} --topic {TOPIC}")
    assert plan.steps == ()
    assert left(plan) == {
        gone: "it is terminated",
        far: "the topic is in ap-northeast-1; an alarm tells topics of its own region only",
    }


def test_what_holds_for_the_instance_holds_for_its_alarms(desk: Desk) -> None:
    (one,) = desk.run(1, account=PROD_ID, env="prod")
    plan = desk.plan(f"/alarm cover {one} --topic {TOPIC}")
    assert {dict(step.target.tags)["env"] for step in plan.steps} == {"prod"}
    assert {step.about for step in plan.steps} == {one}


def test_what_is_no_topic_is_a_sentence(desk: Desk) -> None:
    with pytest.raises(UsageError, match="“on-duty” is no ARN of an SNS topic"):
        desk.plan("/alarm cover all --topic on-duty")
