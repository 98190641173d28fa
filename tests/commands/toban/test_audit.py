import csv
import io
import json

from bot.plan import Plan
from tests.commands.desk import Desk, in_english
from tests.house import READER


def rows(plan: Plan) -> list[tuple[str, ...]]:
    assert plan.table is not None
    return in_english(plan.table)


def test_who_did_what_to_a_resource_is_found(desk: Desk) -> None:
    one, _other = desk.run(2, env="dev")
    desk.carry_out("/ec2 stop tag:env=dev")
    found = rows(desk.plan(f"/toban audit --resource {one}"))
    assert [row[1] for row in found] == ["step.ended", "step.intended"]
    assert {row[4] for row in found} == {one}
    assert {row[2] for row in found} == {"<@U0SATO>"}


def test_a_person_an_operation_and_an_end_narrow_the_search(desk: Desk) -> None:
    desk.run(1, env="dev")
    desk.house.asked("/ec2 list", READER)
    desk.carry_out("/ec2 stop tag:env=dev")
    assert {row[3] for row in rows(desk.plan(f"/toban audit --person <@{READER}>"))} == {"#1"}
    assert {row[3] for row in rows(desk.plan("/toban audit --operation 2"))} == {"#2"}
    assert {row[5] for row in rows(desk.plan("/toban audit --outcome done"))} == {"done"}
    assert rows(desk.plan("/toban audit --outcome unknown")) == []


def test_the_same_comes_as_a_file_for_programs(desk: Desk) -> None:
    desk.house.asked("/ec2 list")
    plan = desk.plan("/toban audit --format jsonl")
    assert plan.file is not None
    assert [json.loads(line)["event"] for line in plan.file.text.splitlines()] == [
        "operation.ended",
        "operation.asked",
    ]


def test_a_table_for_a_spreadsheet_holds_no_formula(desk: Desk) -> None:
    """A reason that begins with = would be computed by whoever opens the file."""
    desk.run(1, env="prod")
    number = desk.house.asked("/ec2 stop tag:env=prod")
    desk.house.click(number, "U0SUZUKI", agrees=False, reason='=HYPERLINK("x")')
    plan = desk.plan("/toban audit --format csv")
    assert plan.file is not None
    details = [row["detail"] for row in csv.DictReader(io.StringIO(plan.file.text))]
    assert any(detail.startswith("'=HYPERLINK") for detail in details)
    assert not any(detail.startswith("=") for detail in details)
