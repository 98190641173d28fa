import pytest

from bot.operation import StepState
from commands.changes import isolation
from tests.commands.desk import Desk, left
from tests.commands.ec2.cells import another_interface, closing, group, interfaces, machine, tags


def isolated(desk: Desk, *groups: str) -> str:
    instance = machine(desk, *groups)
    desk.carry_out(f"/ec2 isolate {instance} --without-snapshot")
    return instance


def forget(desk: Desk) -> None:
    """toban's own record is lost."""
    desk.house.path.db.write(lambda tx: tx.exec_driver_sql("update steps set action = 'x'"))


def test_each_interface_gets_back_what_it_had_and_the_notes_go(desk: Desk) -> None:
    web, ssh = group(desk, "web"), group(desk, "ssh")
    instance = machine(desk, web, ssh)
    second = another_interface(desk, instance, ssh)
    before = interfaces(desk, instance)
    desk.carry_out(f"/ec2 isolate {instance} --without-snapshot")
    rows = desk.carry_out(f"/ec2 release {instance}")
    assert {row.state for row in rows} == {StepState.DONE}
    assert interfaces(desk, instance) == before
    assert before[second] == {ssh}
    assert tags(desk, instance) == {}
    assert len(closing(desk)) == 1


def test_the_tags_are_enough_when_toban_has_no_record_of_it(desk: Desk) -> None:
    web, ssh = group(desk, "web"), group(desk, "ssh")
    instance = isolated(desk, web, ssh)
    forget(desk)
    desk.carry_out(f"/ec2 release {instance}")
    assert list(interfaces(desk, instance).values()) == [{web, ssh}]


def test_tobans_record_is_enough_when_the_tags_are_gone(desk: Desk) -> None:
    web = group(desk, "web")
    instance = isolated(desk, web)
    desk.ec2().delete_tags(Resources=[instance], Tags=[{"Key": key} for key in tags(desk, instance)])
    rows = desk.carry_out(f"/ec2 release {instance}")
    assert [row.step.action for row in rows] == ["ec2.release"]
    assert list(interfaces(desk, instance).values()) == [{web}]


def test_tags_that_somebody_has_written_since_open_nothing(desk: Desk) -> None:
    web, wide = group(desk, "web"), group(desk, "wide-open")
    instance = isolated(desk, web)
    (key,) = tags(desk, instance)
    desk.ec2().create_tags(Resources=[instance], Tags=[{"Key": key, "Value": wide}])
    plan = desk.plan(f"/ec2 release {instance}")
    assert dict(plan.steps[0].after)["groups"] == web
    assert [str(one) for one in plan.steps[0].warnings] == [
        f"its tags say {wide}, toban's record says otherwise and counts"
    ]


def test_a_group_that_is_gone_is_left_out_and_said(desk: Desk) -> None:
    web, ssh = group(desk, "web"), group(desk, "ssh")
    instance = isolated(desk, web, ssh)
    desk.ec2().delete_security_group(GroupId=ssh)
    (step, _) = desk.plan(f"/ec2 release {instance}").steps
    assert dict(step.after)["groups"] == web
    assert [str(one) for one in step.warnings] == [f"{ssh} does not exist any more, and is left out"]


def test_when_nobody_knows_what_it_had_it_stays_isolated(desk: Desk) -> None:
    instance = isolated(desk, group(desk, "web"))
    forget(desk)
    desk.ec2().delete_tags(Resources=[instance], Tags=[{"Key": key} for key in tags(desk, instance)])
    plan = desk.plan(f"/ec2 release {instance}")
    assert plan.steps == ()
    assert list(left(plan).values()) == ["nobody knows any more which security groups it had"]


def test_what_is_not_isolated_is_left(desk: Desk) -> None:
    instance = machine(desk, group(desk, "web"))
    assert left(desk.plan(f"/ec2 release {instance}")) == {instance: "it is not isolated"}


def test_isolated_again_its_newest_groups_count(desk: Desk) -> None:
    web, ssh = group(desk, "web"), group(desk, "ssh")
    instance = isolated(desk, web)
    desk.carry_out(f"/ec2 release {instance}")
    (eni,) = interfaces(desk, instance)
    desk.ec2().modify_network_interface_attribute(NetworkInterfaceId=eni, Groups=[ssh])
    desk.carry_out(f"/ec2 isolate {instance} --without-snapshot")
    desk.carry_out(f"/ec2 release {instance}")
    assert interfaces(desk, instance) == {eni: {ssh}}


@pytest.mark.parametrize("count", [1, 5, 12, 13, 16])
def test_what_is_noted_is_read_back_and_fits_into_tags(count: int) -> None:
    had = {
        "eni-0123456789abcdef0": tuple(f"sg-0123456789abcde{number:02}" for number in range(count)),
        "eni-0123456789abcdef1": ("sg-0123456789abcdef0",),
    }
    written = isolation.notes(had)
    assert isolation.noted({"Name": "web", **written}) == had
    assert all(len(key) <= 128 and len(value) <= 256 for key, value in written.items())
