from typing import Any

from bot.operation import StepState
from tests.commands.desk import DEV_ID, IMAGE, TOKYO, Desk, in_english, left

RECOVER = f"arn:aws:automate:{TOKYO}:ec2:recover"


def run(desk: Desk, kind: str = "t3.micro", **tags: str) -> str:
    """An instance that runs, of this type."""
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    made = desk.ec2().run_instances(
        ImageId=IMAGE,
        MinCount=1,
        MaxCount=1,
        InstanceType=kind,
        TagSpecifications=[{"ResourceType": "instance", "Tags": listed}] if listed else [],
    )
    return str(made["Instances"][0]["InstanceId"])


def switch_off(desk: Desk, instance: str) -> None:
    desk.ec2().modify_instance_maintenance_options(InstanceId=instance, AutoRecovery="disabled")


def cloudwatch(desk: Desk) -> Any:
    return desk.local.client("cloudwatch", account=DEV_ID, region=TOKYO)


def put_alarm(
    desk: Desk, name: str, instance: str, *actions: str, metric: str = "StatusCheckFailed_System"
) -> None:
    cloudwatch(desk).put_metric_alarm(
        AlarmName=name,
        Namespace="AWS/EC2",
        MetricName=metric,
        Dimensions=[{"Name": "InstanceId", "Value": instance}],
        Statistic="Maximum",
        Period=60,
        EvaluationPeriods=2,
        Threshold=1,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
        AlarmActions=list(actions),
    )


def rows(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Group, by what it is recovered, and the alarms, by instance."""
    plan = desk.plan("/ec2 recover status --account dev")
    assert plan.steps == ()
    assert plan.table is not None
    return {row[1]: row[3:6] for row in in_english(plan.table)}


def test_what_brings_each_instance_back_is_told_and_the_bare_ones_come_first(desk: Desk) -> None:
    by_ec2, store, bare = run(desk), run(desk, "m5d.large"), run(desk)
    (member,) = desk.run(1, group="web")
    switch_off(desk, bare)
    put_alarm(desk, "mails-only", bare, "arn:aws:sns:ap-northeast-1:123456789012:on-duty")
    assert rows(desk) == {
        by_ec2: ("", "EC2", "–"),
        store: ("", "–", "–"),
        bare: ("", "–", "mails-only"),
        member: ("web", "–", "–"),
    }
    plan = desk.plan("/ec2 recover status --account dev")
    assert str(plan.summary) == "4 instances; nothing brings 2 of them back"
    assert plan.table is not None
    assert {row[1] for row in plan.table.rows[:2]} == {store, bare}
    assert ["`/ec2 recover on`" in str(note) or "`/ec2 heal`" in str(note) for note in plan.notes] == [
        True,
        True,
    ]


def test_an_alarm_counts_only_with_the_action_that_recovers(desk: Desk) -> None:
    one, other = run(desk), run(desk)
    for instance in (one, other):
        switch_off(desk, instance)
    put_alarm(desk, "recovers", one, RECOVER)
    put_alarm(desk, "instance-check", other, RECOVER, metric="StatusCheckFailed_Instance")
    assert rows(desk) == {one: ("", "recovers", "recovers"), other: ("", "–", "instance-check")}


def test_it_is_set_up_as_far_as_it_lacks(desk: Desk) -> None:
    off, plain, whole = run(desk), run(desk), run(desk)
    switch_off(desk, off)
    put_alarm(desk, "by-hand", whole, RECOVER)
    plan = desk.plan("/ec2 recover on")
    assert [(step.action, step.target.id) for step in plan.steps] == [
        ("ec2.recover", off),
        ("ec2.recover-alarm", off),
        ("ec2.recover-alarm", plain),
    ]
    assert left(plan) == {whole: "recovered by EC2, and by the alarm by-hand"}
    assert str(plan.summary) == "let 2 of 3 instances come back by themselves"


def test_afterwards_aws_shows_both(desk: Desk) -> None:
    one = run(desk)
    switch_off(desk, one)
    done = desk.carry_out(f"/ec2 recover on {one}")
    assert [row.state for row in done] == [StepState.DONE, StepState.DONE]
    assert rows(desk) == {one: ("", f"EC2, toban-recover-{one}", f"toban-recover-{one}")}
    (alarm,) = cloudwatch(desk).describe_alarms()["MetricAlarms"]
    assert (alarm["MetricName"], alarm["AlarmActions"]) == ("StatusCheckFailed_System", [RECOVER])
    assert (alarm["Period"], alarm["EvaluationPeriods"], alarm["Threshold"]) == (60, 2, 1.0)
    assert desk.plan(f"/ec2 recover on {one}").steps == ()


def test_what_cannot_be_recovered_is_left_with_the_reason(desk: Desk) -> None:
    store = run(desk, "m5d.large")
    (member,) = desk.run(1, group="web")
    assert left(desk.plan("/ec2 recover on")) == {
        store: "nothing: a m5d.large cannot be recovered",
        member: "its group web replaces it",
    }
