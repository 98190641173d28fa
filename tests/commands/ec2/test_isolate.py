from bot.operation import StepState
from playground.aws.faults import Fault, Kind
from tests.commands.desk import DEV_ID, Desk, left, targets
from tests.commands.ec2.cells import another_interface, closing, group, interfaces, machine, rules, tags
from tests.house import APPROVER


def test_each_interface_has_one_group_alone_that_lets_nothing_through(desk: Desk) -> None:
    web, ssh = group(desk, "web"), group(desk, "ssh")
    instance = machine(desk, web, ssh)
    another_interface(desk, instance, ssh)
    rows = desk.carry_out(f"/ec2 isolate {instance}")
    assert {row.state for row in rows} == {StepState.DONE}
    (gate,) = closing(desk)
    assert rules(gate) == 0
    assert gate["GroupName"] == "toban-isolation"
    assert set(map(frozenset, interfaces(desk, instance).values())) == {frozenset({gate["GroupId"]})}


def test_what_was_so_before_is_noted_before_anything_changes(desk: Desk) -> None:
    web, ssh = group(desk, "web"), group(desk, "ssh")
    instance = machine(desk, web, ssh)
    (eni,) = interfaces(desk, instance)
    desk.local.control.order(Fault(Kind.DENY, action="ModifyNetworkInterfaceAttribute", account=DEV_ID))
    desk.carry_out(f"/ec2 isolate {instance}")
    assert interfaces(desk, instance) == {eni: {web, ssh}}
    assert tags(desk, instance) == {f"toban:isolated-from:{eni}": ",".join(sorted((web, ssh)))}


def test_a_note_that_cannot_be_made_keeps_nothing_from_being_isolated(desk: Desk) -> None:
    instance = machine(desk, group(desk, "web"))
    desk.carry_out(f"/ec2 isolate {machine(desk, group(desk, 'first'))}")  # so that there is the group
    desk.local.control.order(Fault(Kind.DENY, action="CreateTags", account=DEV_ID))
    states = {row.step.action: row.state for row in desk.carry_out(f"/ec2 isolate {instance}")}
    assert states["ec2.note-groups"] is StepState.FAILED
    assert states["ec2.isolate"] is StepState.DONE


def test_its_volumes_are_kept_as_evidence_unless_nobody_wants_that(desk: Desk) -> None:
    instance, other = machine(desk, group(desk, "web")), machine(desk, group(desk, "ssh"))
    desk.carry_out(f"/ec2 isolate {instance}", turns=12, passing=60)
    ec2 = desk.ec2()
    kept = {one["VolumeId"] for one in ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"]}
    assert kept == set(desk.volumes_of(instance))
    plan = desk.plan(f"/ec2 isolate {other} --without-snapshot")
    assert {step.action for step in plan.steps} == {"ec2.note-groups", "ec2.isolate"}


def test_it_is_isolated_at_once_and_not_only_when_the_snapshots_are_whole(desk: Desk) -> None:
    desk.local.control.snapshots_take(3600)
    instance = machine(desk, group(desk, "web"))
    rows = desk.carry_out(f"/ec2 isolate {instance}")
    states = {row.step.action: row.state for row in rows}
    assert (states["ec2.isolate"], states["snapshot.create"]) == (StepState.DONE, StepState.AWAITING)


def test_a_second_one_needs_no_group_of_its_own(desk: Desk) -> None:
    desk.carry_out(f"/ec2 isolate {machine(desk, group(desk, 'web'))}")
    instance = machine(desk, group(desk, "ssh"))
    rows = desk.carry_out(f"/ec2 isolate {instance} --without-snapshot")
    assert [row.step.action for row in rows] == ["ec2.note-groups", "ec2.isolate"]
    assert len(closing(desk)) == 1


def test_two_at_once_share_one_group(desk: Desk) -> None:
    one, other = machine(desk, group(desk, "web")), machine(desk, group(desk, "ssh"))
    rows = desk.carry_out(f"/ec2 isolate {one} {other} --without-snapshot")
    assert [row.step.action for row in rows].count("ec2.isolation-group") == 1
    (gate,) = closing(desk)
    assert all(each == {gate["GroupId"]} for id_ in (one, other) for each in interfaces(desk, id_).values())


def test_a_group_that_somebody_has_opened_is_closed_first(desk: Desk) -> None:
    desk.carry_out(f"/ec2 isolate {machine(desk, group(desk, 'web'))}")
    (gate,) = closing(desk)
    desk.ec2().authorize_security_group_ingress(
        GroupId=gate["GroupId"], IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp="0.0.0.0/0"
    )
    instance = machine(desk, group(desk, "ssh"))
    desk.carry_out(f"/ec2 isolate {instance} --without-snapshot")
    (gate,) = closing(desk)
    assert rules(gate) == 0
    assert list(interfaces(desk, instance).values()) == [{gate["GroupId"]}]


def test_another_group_with_our_mark_keeps_its_rules(desk: Desk) -> None:
    foreign = group(desk, "shop")
    desk.ec2().create_tags(Resources=[foreign], Tags=[{"Key": "toban:isolation", "Value": "yes"}])
    desk.carry_out(f"/ec2 isolate {machine(desk, group(desk, 'web'))}")
    assert {one["GroupName"]: rules(one) for one in closing(desk)} == {"shop": 1, "toban-isolation": 0}


def test_while_the_group_cannot_be_closed_nothing_is_called_isolated(desk: Desk) -> None:
    web = group(desk, "web")
    instance = machine(desk, web)
    desk.local.control.order(Fault(Kind.DENY, action="RevokeSecurityGroupEgress", account=DEV_ID))
    rows = desk.carry_out(f"/ec2 isolate {instance}")
    assert next(row for row in rows if row.step.action == "ec2.isolate").state is not StepState.DONE
    assert list(interfaces(desk, instance).values()) == [{web}]


def test_the_plan_says_what_lives_on_who_replaces_it_and_the_way_back(desk: Desk) -> None:
    instance = machine(desk, group(desk, "web"), **{"aws:autoscaling:groupName": "shop"})
    plan = desk.plan(f"/ec2 isolate {instance}")
    said = " ".join(map(str, plan.notes))
    assert "connections that are open may live on" in said
    assert "it keeps running, and nobody reaches it" in said
    assert "`/ec2 release` gives back" in said
    (step,) = [one for one in plan.steps if one.action == "ec2.isolate"]
    assert [str(one) for one in step.warnings] == [
        "its Auto Scaling group shop may find it unhealthy, and replace it"
    ]
    assert dict(step.before)["groups"].startswith("sg-")


def test_what_is_isolated_or_gone_is_left(desk: Desk) -> None:
    instance, gone = machine(desk, group(desk, "web")), machine(desk, group(desk, "ssh"))
    desk.carry_out(f"/ec2 isolate {instance}")
    desk.ec2().terminate_instances(InstanceIds=[gone])
    plan = desk.plan(f"/ec2 isolate {instance} {gone}")
    assert plan.steps == ()
    assert left(plan) == {instance: "it is isolated already", gone: "it is terminated"}


def test_what_holds_for_the_instance_holds_for_its_interfaces(desk: Desk) -> None:
    instance = machine(desk, group(desk, "web"), env="prod")
    plan = desk.plan(f"/ec2 isolate {instance} --without-snapshot")
    (eni,) = interfaces(desk, instance)
    assert eni in targets(plan.steps)
    number = desk.house.asked(f"/ec2 isolate {instance} --without-snapshot")
    assert desk.house.operation(number).needs == 1
    desk.house.click(number, APPROVER)


def test_nothing_changes_before_the_note_and_the_snapshots_were_called(desk: Desk) -> None:
    desk.carry_out(f"/ec2 isolate {machine(desk, group(desk, 'first'))}")  # so that there is the group
    instance = machine(desk, group(desk, "web"))
    for slow in ("CreateTags", "CreateSnapshots"):
        desk.local.control.order(Fault(Kind.LATENCY, action=slow, seconds=0.2))
    desk.carry_out(f"/ec2 isolate {instance}")
    called = [one.action for one in desk.local.control.calls()]
    changed = called.index("ModifyNetworkInterfaceAttribute")
    assert max(called.index("CreateTags"), called.index("CreateSnapshots")) < changed


def test_a_group_that_was_opened_since_the_plan_isolates_nobody(desk: Desk) -> None:
    desk.carry_out(f"/ec2 isolate {machine(desk, group(desk, 'first'))}")
    web = group(desk, "web")
    instance = machine(desk, web, env="prod")
    number = desk.house.asked(f"/ec2 isolate {instance} --without-snapshot")
    (gate,) = closing(desk)
    everywhere = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    desk.ec2().authorize_security_group_egress(GroupId=gate["GroupId"], IpPermissions=[everywhere])
    desk.house.click(number, APPROVER)
    desk.house.work(passing=5, turns=3)
    row = next(one for one in desk.house.steps(number) if one.step.action == "ec2.isolate")
    assert (row.state, str(row.reason)) == (
        StepState.SKIPPED,
        "changed since the plan: gate is open, it was closed",
    )
    assert list(interfaces(desk, instance).values()) == [{web}]
