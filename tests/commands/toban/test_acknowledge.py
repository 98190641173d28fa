from bot.operation import State
from tests.commands.desk import Desk

BREAK = (
    """insert into flags (name, value, at) values ('audit-break', '["x"]', '2026-11-21 00:00:00.000000')"""
)


def break_the_log(desk: Desk) -> None:
    desk.house.path.db.write(lambda tx: tx.exec_driver_sql(BREAK))


def test_without_a_break_there_is_nothing_to_acknowledge(desk: Desk) -> None:
    plan = desk.plan("/toban acknowledge looked at it")
    assert plan.steps == ()
    assert "no break" in str(plan.summary)


def test_a_break_stops_changes_until_two_people_have_looked(desk: Desk) -> None:
    desk.run(1, env="dev")
    break_the_log(desk)
    refused = desk.house.asked("/ec2 stop tag:env=dev")
    assert desk.house.operation(refused).state is State.REFUSED

    number = desk.house.asked('/toban acknowledge "restored the copy of 03:00"')
    assert desk.house.operation(number).state is State.WAITING
    desk.house.click(number, "U0SUZUKI")
    desk.house.work()
    assert desk.house.operation(number).state is State.DONE

    again = desk.house.asked("/ec2 stop tag:env=dev")
    assert desk.house.operation(again).state is not State.REFUSED


def test_the_reason_stands_in_the_log(desk: Desk) -> None:
    break_the_log(desk)
    desk.carry_out("/toban acknowledge restored the copy of 03:00")
    plan = desk.plan("/toban audit --format jsonl")
    assert plan.file is not None
    assert "restored the copy of 03:00" in plan.file.text
