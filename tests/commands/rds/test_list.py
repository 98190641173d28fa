from tests.commands.desk import PROD_ID, Desk
from tests.commands.rds.cellar import add, add_cluster


def test_every_database_has_a_row_and_a_cluster_stands_before_its_members(desk: Desk) -> None:
    add(desk, "shop", account=PROD_ID).status = "stopped"
    add_cluster(desk, "orders", "orders-1")
    plan = desk.plan("/rds list")
    assert plan.table is not None
    assert [(row[0], row[1], row[5]) for row in plan.table.rows] == [
        ("orders", "available", ""),
        ("orders-1", "available", "orders"),
        ("shop", "stopped", ""),
    ]
    assert str(plan.summary) == "3 databases, 2 of them available"


def test_a_place_that_cannot_be_read_is_named(desk: Desk) -> None:
    add(desk, "shop")
    desk.deny("DescribeDBInstances")
    plan = desk.plan("/rds list")
    assert [one.place.account for one in plan.unread] == ["prod"]
    assert plan.table is not None
    assert len(plan.table.rows) == 1
