from tests.commands.asg.fleet import add, backend
from tests.commands.desk import TOKYO, Desk


def test_every_group_has_a_row_with_its_size_and_what_is_suspended(desk: Desk) -> None:
    add(desk, "web", 2, largest=4)
    jobs = add(desk, "jobs", 1)
    jobs.instance_states[0].health_status = "Unhealthy"
    backend(desk).suspend_processes("jobs", ["Launch"])
    plan = desk.plan("/asg list")
    assert plan.table is not None
    assert plan.table.rows == (
        ("jobs", "0", "1", "0", "6", "Launch", f"{TOKYO}a", "dev"),
        ("web", "2", "2", "0", "4", "", f"{TOKYO}a", "dev"),
    )
    assert str(plan.summary) == "2 groups, 1 of them with fewer in service than desired"
