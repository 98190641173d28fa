from tests.commands.desk import Desk


def test_what_waits_and_what_runs_is_listed_newest_first(desk: Desk) -> None:
    desk.run(1, env="prod")
    first = desk.house.asked("/ec2 stop tag:env=prod")
    second = desk.house.asked("/ec2 stop all")
    desk.house.asked("/ec2 list")
    plan = desk.plan("/toban pending")
    assert plan.table is not None
    assert [row[0] for row in plan.table.rows] == [f"#{second}", f"#{first}"]
    assert plan.table.rows[1][-1] == "/ec2 stop tag:env=prod"
    assert str(plan.summary) == "2 operations have not ended"


def test_nothing_to_do_is_an_answer_too(desk: Desk) -> None:
    assert str(desk.plan("/toban pending").summary) == "0 operations have not ended"
