from datetime import timedelta
from typing import Any

from tests.commands.desk import PROD_ID, TOKYO, Desk, in_english, unread
from tests.commands.shelf import FIRST_NIGHT, Shelf


def rows(desk: Desk, line: str = "/snapshot coverage") -> dict[str, tuple[str, ...]]:
    """Who covers what, when the last good one was, how old it is, how many there are."""
    table = desk.plan(line).table
    assert table is not None
    return {row[0]: row[3:7] for row in in_english(table)}


def by(desk: Desk, shelf: Shelf, **tags: str) -> str:
    """A snapshot by hand, or by whoever uses these tags."""
    made = shelf.add(0, ours=False)
    listed = [{"Key": key.replace("_", ":"), "Value": value} for key, value in tags.items()]
    desk.ec2().create_tags(Resources=[made], Tags=listed) if listed else None
    return made


def test_a_volume_that_nobody_backs_up_stands_first(desk: Desk, shelf: Shelf) -> None:
    bare = Shelf(desk, desk.ec2().create_volume(AvailabilityZone=f"{TOKYO}a", Size=8)["VolumeId"])
    shelf.add(0)
    desk.house.time.at = FIRST_NIGHT + timedelta(hours=5)
    assert rows(desk) == {
        bare.volume: ("nobody", "–", "–", "0"),
        shelf.volume: ("toban", "2026-11-01 16:00Z", "5 h", "1"),
    }
    assert list(rows(desk)) == [bare.volume, shelf.volume]
    assert str(desk.plan("/snapshot coverage").summary).startswith("1 of 2 volumes and databases")


def test_others_are_known_by_the_tags_they_put_on(desk: Desk, shelf: Shelf) -> None:
    by(desk, shelf)
    assert rows(desk)[shelf.volume][0] == "by hand"
    desk.ec2().create_tags(
        Resources=shelf.there(), Tags=[{"Key": "aws:dlm:lifecycle-policy-id", "Value": "policy-1"}]
    )
    assert rows(desk)[shelf.volume][0] == "Data Lifecycle Manager"


def test_an_old_generation_is_no_cover(desk: Desk, shelf: Shelf) -> None:
    shelf.add(0)
    desk.house.time.at = FIRST_NIGHT + timedelta(days=3)
    assert str(desk.plan("/snapshot coverage").summary).startswith("0 of 1")
    assert str(desk.plan("/snapshot coverage --within 4d").summary).startswith("1 of 1")


def test_a_failed_one_is_no_generation(desk: Desk, shelf: Shelf) -> None:
    shelf.add(0, state="error")
    assert rows(desk)[shelf.volume][0] == "nobody"


def test_databases_are_covered_by_their_automated_backups(desk: Desk) -> None:
    rds: Any = desk.local.client("rds")
    for name, days in (("orders", 7), ("scratch", 0)):
        rds.create_db_instance(
            DBInstanceIdentifier=name,
            DBInstanceClass="db.t3.micro",
            Engine="postgres",
            AllocatedStorage=20,
            BackupRetentionPeriod=days,
            MasterUsername="toban",
            MasterUserPassword="not-a-secret",
        )
    assert {name: row[0] for name, row in rows(desk).items()} == {
        "orders": "RDS automated backup",
        "scratch": "nobody",
    }


def test_a_place_whose_snapshots_cannot_be_read_is_named_and_not_called_bare(desk: Desk) -> None:
    desk.run(1, account=PROD_ID)
    desk.deny("DescribeSnapshots")
    plan = desk.plan("/snapshot coverage")
    assert set(unread(plan)) == {("prod", TOKYO)}
    assert plan.table is not None
    assert plan.table.rows == ()
