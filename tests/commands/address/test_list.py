from tests.commands.desk import TOKYO, Desk


def test_what_belongs_to_nothing_stands_first_and_its_cost_is_said(desk: Desk) -> None:
    (instance,) = desk.run(1)
    used = desk.ec2().allocate_address(Domain="vpc")
    desk.ec2().associate_address(InstanceId=instance, AllocationId=used["AllocationId"])
    free = desk.ec2().allocate_address(Domain="vpc")
    plan = desk.plan("/address list")
    assert plan.table is not None
    assert plan.table.rows == (
        (free["PublicIp"], free["AllocationId"], "", "", "dev", TOKYO),
        (used["PublicIp"], used["AllocationId"], "", instance, "dev", TOKYO),
    )
    assert str(plan.summary) == "2 addresses, 1 of them of nothing"
    assert [str(note) for note in plan.notes] == ["those of nothing cost about $3.65 a month"]
