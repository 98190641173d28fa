from tests.commands.balancer import scales
from tests.commands.desk import TOKYO, Desk


def test_those_without_targets_stand_first(desk: Desk) -> None:
    busy, idle = scales.balancer(desk, "web"), scales.balancer(desk, "zzz-old", "network")
    scales.send(desk, busy, scales.group(desk, "web", *desk.run(2)))
    scales.send(desk, idle, scales.group(desk, "old", protocol="TCP"), protocol="TCP")
    plan = desk.plan("/balancer list")
    assert plan.table is not None
    assert plan.table.rows == (
        ("zzz-old", "network", "active", "0", "old", "dev", TOKYO),
        ("web", "application", "active", "2", "web", "dev", TOKYO),
    )
    assert str(plan.summary) == "2 load balancers, 1 of them without targets"


def test_they_are_found_by_name_and_tag(desk: Desk) -> None:
    scales.balancer(desk, "web", env="dev")
    scales.balancer(desk, "api", env="prod")
    for line in ("/balancer list web", "/balancer list tag:env=dev", "/balancer list name:w*"):
        plan = desk.plan(line)
        assert plan.table is not None
        assert [row[0] for row in plan.table.rows] == ["web"]
