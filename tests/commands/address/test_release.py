import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from tests.commands.desk import Desk, left, targets


def allocate(desk: Desk, **tags: str) -> str:
    """An address that belongs to nothing; the id of its allocation."""
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    kinds = [{"ResourceType": "elastic-ip", "Tags": listed}] if listed else []
    return str(desk.ec2().allocate_address(Domain="vpc", TagSpecifications=kinds)["AllocationId"])


def used(desk: Desk, **tags: str) -> tuple[str, str]:
    """One that an instance has, and the instance."""
    (instance,) = desk.run(1)
    key = allocate(desk, **tags)
    desk.ec2().associate_address(InstanceId=instance, AllocationId=key)
    return key, instance


def there(desk: Desk) -> set[str]:
    return {one["AllocationId"] for one in desk.ec2().describe_addresses()["Addresses"]}


def test_one_that_belongs_to_nothing_is_given_back(desk: Desk) -> None:
    key = allocate(desk, env="dev")
    plan = desk.plan(f"/address release {key}")
    assert [str(note) for note in plan.notes] == ["they cost about $3.65 a month"]
    assert any("cannot be undone" in str(one) for one in plan.steps[0].warnings)
    (row,) = desk.carry_out(f"/address release {key}")
    assert row.state is StepState.DONE
    assert there(desk) == set()


def test_one_that_an_instance_has_is_left(desk: Desk) -> None:
    key, instance = used(desk, env="dev")
    free = allocate(desk, env="dev")
    plan = desk.plan("/address release tag:env=dev")
    assert targets(plan.steps) == {free}
    assert left(plan) == {key: f"it belongs to {instance}"}


def test_one_that_was_taken_meanwhile_is_seen_before_the_call(desk: Desk) -> None:
    key, (instance,) = allocate(desk), desk.run(1)
    number = desk.house.asked(f"/address release {key}")
    desk.ec2().associate_address(InstanceId=instance, AllocationId=key)
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=10)
    assert [row.state for row in desk.house.steps(number)] == [StepState.SKIPPED]
    assert there(desk) == {key}


def test_one_that_somebody_else_gave_back_is_done(desk: Desk) -> None:
    key = allocate(desk)
    number = desk.house.asked(f"/address release {key}")
    desk.ec2().release_address(AllocationId=key)
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=10)
    assert [row.state for row in desk.house.steps(number)] == [StepState.DONE]


def test_an_address_that_is_nowhere(desk: Desk) -> None:
    with pytest.raises(UsageError, match="cannot be found"):
        desk.plan("/address release eipalloc-0123456789abcdef0")


def test_a_tag_keeps_tobans_hands_off(desk: Desk) -> None:
    key = allocate(desk, **{"toban:exclude": "true"})
    assert left(desk.plan(f"/address release {key}")) == {key: "its tag toban:exclude keeps it out"}
