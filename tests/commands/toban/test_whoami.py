from tests.commands.desk import Desk
from tests.house import OPERATOR, READER


def notes(desk: Desk, person: str) -> str:
    number = desk.house.asked("/toban whoami", person)
    plan = desk.house.operation(number).plan
    assert plan is not None
    assert plan.table is not None
    rows = (f"{noun} {verb}" for noun, verbs in plan.table.rows for verb in str(verbs).split(", "))
    return " ".join(str(said) for said in (plan.summary, *plan.notes, *rows))


def test_an_operator_sees_the_groups_and_the_verbs(desk: Desk) -> None:
    said = notes(desk, OPERATOR)
    assert "in operators" in said
    assert "/ec2 stop" in said


def test_a_reader_sees_only_what_a_reader_may(desk: Desk) -> None:
    said = notes(desk, READER)
    assert "in no group" in said
    assert "/ec2 list" in said
    assert "/ec2 stop" not in said
