import pytest

from bot.arguments import UsageError
from bot.operation import State, StepState
from bot.plan import Plan
from tests.commands.desk import DEV_ID, PROD_ID, TOKYO, Desk, left, targets, unread


def a_server(desk: Desk, type_: str = "m5.large", *, stopped: bool = False, **tags: str) -> str:
    """An instance of this type, of an image that has every driver."""
    (one,) = desk.run(1, **tags)
    there = desk.local.backend("ec2", DEV_ID, TOKYO).get_instance(one)
    there.instance_type, there.ena_support, there.virtualization_type = type_, True, "hvm"
    if stopped:
        desk.ec2().stop_instances(InstanceIds=[one])
    return one


def type_and_state(desk: Desk, instance: str) -> tuple[str, str]:
    one = desk.ec2().describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
    return one["InstanceType"], one["State"]["Name"]


def ends(desk: Desk) -> list[tuple[str, str]]:
    return [(row.step.action, row.state) for row in desk.house.steps(1)]


def warned(plan: Plan) -> str:
    return " / ".join(str(one) for one in plan.steps[0].warnings)


# -- the plan ------------------------------------------------------------------------------------------


def test_what_is_stopped_only_changes_its_type(desk: Desk) -> None:
    still = a_server(desk, stopped=True)
    plan = desk.plan(f"/ec2 resize {still} --to m5.xlarge")
    assert [(step.action, step.target.id) for step in plan.steps] == [("ec2.resize", still)]
    assert str(plan.summary) == "change 1 of 1 instance to m5.xlarge"
    rows = desk.carry_out(f"/ec2 resize {still} --to m5.xlarge")
    assert [row.state for row in rows] == [StepState.DONE]
    assert type_and_state(desk, still) == ("m5.xlarge", "stopped")


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("m7g.large", "its image is for x86_64, and m7g.large is for arm64"),
        ("m5.large", "its type is m5.large already"),
    ],
)
def test_what_does_not_fit_is_left_before_anything_is_stopped(desk: Desk, to: str, why: str) -> None:
    there = a_server(desk)
    plan = desk.plan(f"/ec2 resize {there} --to {to}")
    assert plan.steps == ()
    assert left(plan) == {there: why}


def test_a_type_that_no_region_has_is_said(desk: Desk) -> None:
    there = a_server(desk)
    with pytest.raises(UsageError, match=r"t3\.gigantic is no instance type of ap-northeast-1"):
        desk.plan(f"/ec2 resize {there} --to t3.gigantic")


def test_an_image_without_the_driver_is_left(desk: Desk) -> None:
    there = a_server(desk)
    desk.local.backend("ec2", DEV_ID, TOKYO).get_instance(there).ena_support = False
    plan = desk.plan(f"/ec2 resize {there} --to m5.xlarge")
    assert "needs the driver of ENA" in left(plan)[there]


def test_what_the_stop_and_the_new_type_bring_is_said(desk: Desk) -> None:
    there = a_server(desk, "t2.micro")
    assert "drivers of NVMe" in warned(desk.plan(f"/ec2 resize {there} --to m5d.large"))
    assert "instance store) are empty at each start" in warned(
        desk.plan(f"/ec2 resize {there} --to m5d.large")
    )
    assert "previous generation" in warned(desk.plan(f"/ec2 resize {there} --to m3.medium"))
    assert "public address" in warned(desk.plan(f"/ec2 resize {there} --to m5.large"))


def test_where_nobody_can_read_the_types_nothing_changes(desk: Desk) -> None:
    here = a_server(desk, env="dev")
    desk.run(1, account=PROD_ID, env="dev")
    desk.deny("DescribeInstanceTypeOfferings")
    plan = desk.plan("/ec2 resize tag:env=dev --to m5.xlarge")
    assert targets(plan.steps) == {here}
    assert set(unread(plan)) == {("prod", "ap-northeast-1")}


# -- how it goes ---------------------------------------------------------------------------------------


def test_what_runs_is_stopped_changed_and_started_and_needs_no_way_back(desk: Desk) -> None:
    there = a_server(desk)
    desk.carry_out(f"/ec2 resize {there} --to m5.xlarge", turns=10)
    assert type_and_state(desk, there) == ("m5.xlarge", "running")
    assert desk.house.operation(1).state is State.DONE
    assert [state for _, state in ends(desk)] == [StepState.DONE] * 5
    assert desk.local.control.count("ModifyInstanceAttribute") == 1
    assert desk.local.control.count("StartInstances") == 1


def test_without_capacity_for_the_new_type_it_runs_as_before(desk: Desk) -> None:
    there = a_server(desk)
    order = desk.local.control.no_capacity(there)
    number = desk.see_through(f"/ec2 resize {there} --to m5.xlarge --within 2m", turns=6, passing=30)
    while (
        dict(ends(desk)).get("ec2.start") is None or desk.house.steps(number)[2].state is not StepState.FAILED
    ):
        desk.house.work(passing=30)
    desk.local.control.clear(order)
    desk.house.work(passing=30, turns=6)
    assert type_and_state(desk, there) == ("m5.large", "running")
    assert [state for _, state in ends(desk)] == [
        StepState.DONE,
        StepState.DONE,
        StepState.FAILED,
        StepState.DONE,
        StepState.DONE,
    ]
    assert desk.house.operation(number).state is State.PARTLY


def test_a_type_that_ec2_refuses_leaves_the_instance_running_as_it_was(desk: Desk) -> None:
    there = a_server(desk)
    desk.deny("ModifyInstanceAttribute", DEV_ID)
    desk.see_through(f"/ec2 resize {there} --to m5.xlarge", turns=10)
    assert type_and_state(desk, there) == ("m5.large", "running")
    assert dict(ends(desk)[:3]) == {
        "ec2.stop": StepState.DONE,
        "ec2.resize": StepState.FAILED,
        "ec2.start": StepState.DONE,
    }
