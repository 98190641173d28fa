import pytest

from bot.arguments import UsageError
from bot.plan import Plan
from tests.commands.desk import DEV_ID, PROD_ID, TOKYO, Desk, unread


def said(plan: Plan) -> str:
    return "\n".join(str(note) for note in plan.notes)


def test_an_instance_is_shown_with_what_decides_about_it(desk: Desk) -> None:
    (one,) = desk.run(1, Name="web-1", group="web", **{"toban:hours": "office-tokyo"})
    (disk,) = desk.volumes_of(one)
    desk.ec2().modify_instance_attribute(InstanceId=one, DisableApiStop={"Value": True})
    desk.local.control.open_session(one, "sato")
    plan = desk.plan(f"/ec2 show {one}")
    summary = f"web-1 ({one}) in dev runs; system check ok, instance check ok"
    assert str(plan.summary) == summary
    assert plan.steps == ()
    for fact in (
        "started: ",
        "m1.small (1 vCPUs, 1.7 GiB), of the image ami-",
        "place: ap-northeast-1a, subnet-",
        "addresses: ",
        "another one after a stop and a start",
        f"volumes: {disk} ",
        "Auto Scaling group: web",
        "protected against being stopped",
        "sato has had a session open on it since",
        "office hours: there is no calendar “office-tokyo”",
    ):
        assert fact in said(plan)
    assert "being terminated" not in said(plan)


def test_a_stopped_one_says_why(desk: Desk) -> None:
    (one,) = desk.run(1)
    desk.ec2().stop_instances(InstanceIds=[one])
    plan = desk.plan(f"/ec2 show {one}")
    assert str(plan.summary) == f"{one} in dev is stopped"
    assert "why: Client.UserInitiatedShutdown" in said(plan)


def test_how_it_stands_in_its_target_groups_is_shown(desk: Desk) -> None:
    (one,) = desk.run(1)
    elbv2 = desk.local.client("elbv2", account=DEV_ID, region=TOKYO)
    vpc = desk.ec2().describe_instances()["Reservations"][0]["Instances"][0]["VpcId"]
    made = elbv2.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=vpc)["TargetGroups"][0]
    elbv2.register_targets(TargetGroupArn=made["TargetGroupArn"], Targets=[{"Id": one}])
    assert "target groups: web:80 healthy" in said(desk.plan(f"/ec2 show {one}"))


def test_what_is_planned_and_what_was_done_last_is_shown(desk: Desk) -> None:
    (one,) = desk.run(1)
    desk.ec2().stop_instances(InstanceIds=[one])
    desk.see_through(f"/ec2 start {one} --for 2h", turns=3)
    shown = said(desk.plan(f"/ec2 show {one}"))
    assert "office hours: kept running by U0SATO until" in shown
    assert "toban's last change: ec2.start at" in shown


def test_what_the_role_may_not_read_is_a_note(desk: Desk) -> None:
    (one,) = desk.run(1)
    for action in ("DescribeInstanceStatus", "DescribeTargetGroups", "DescribeSessions", "DescribeVolumes"):
        desk.deny(action, DEV_ID)
    plan = desk.plan(f"/ec2 show {one}")
    assert str(plan.summary) == f"{one} in dev is running"
    assert said(plan).count("not everything could be looked at") == 4


def test_several_are_not_shown_at_once(desk: Desk) -> None:
    desk.run(2, env="dev")
    with pytest.raises(UsageError, match="shows one instance, and 2 fit"):
        desk.plan("/ec2 show tag:env=dev")


def test_an_instance_that_may_be_where_nobody_can_look_is_not_denied(desk: Desk) -> None:
    (one,) = desk.run(1, account=PROD_ID)
    desk.deny("DescribeInstances")
    plan = desk.plan(f"/ec2 show {one}")
    assert list(unread(plan)) == [("prod", "ap-northeast-1")]
