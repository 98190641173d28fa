from tests.commands.desk import Desk, in_english
from tests.commands.volume.disks import loose


def test_what_is_attached_to_nothing_stands_first_with_its_price(desk: Desk) -> None:
    (instance,) = desk.run(1)
    volume = loose(desk, 100, "gp2", Name="old")
    plan = desk.plan("/volume list")
    assert plan.table is not None
    assert plan.table.rows[0] == (volume, "old", "available", "gp2", "100", "", "dev", "$12.00")
    assert plan.table.rows[1][5] == instance
    assert str(plan.summary).startswith("2 volumes, 1 of them attached to nothing: about $")
    assert [str(note) for note in plan.notes] == ["list prices of 2025-03-02, an estimate"]


def test_only_those_that_are_attached_to_nothing(desk: Desk) -> None:
    desk.run(1)
    volume = loose(desk)
    plan = desk.plan("/volume list --unattached")
    assert plan.table is not None
    assert [row[0] for row in plan.table.rows] == [volume]


def test_a_price_that_is_not_known_is_a_question_mark_and_never_nothing(desk: Desk) -> None:
    loose(desk, 100, "gp2")
    loose(desk, 100, "gp9", Name="b")
    plan = desk.plan("/volume list")
    assert plan.table is not None
    assert sorted(row[-1] for row in in_english(plan.table)) == ["$12.00", "?"]
    assert str(plan.summary) == (
        "2 volumes, 2 of them attached to nothing: about $12.00 a month, and 1 whose price is not known"
    )


def test_no_volumes_at_all(desk: Desk) -> None:
    assert str(desk.plan("/volume list").summary) == "no volumes"
