import re

from tests.commands.desk import PROD_ID, Desk, in_english, unread
from tests.commands.shelf import Shelf


def test_the_newest_comes_first_and_tobans_own_say_so(desk: Desk, shelf: Shelf) -> None:
    old, hand, new = shelf.add(0), shelf.add(1, ours=False), shelf.add(2)
    plan = desk.plan("/snapshot list")
    assert plan.table is not None
    assert [(row[0], row[5]) for row in plan.table.rows] == [(new, "toban #7"), (hand, ""), (old, "toban #7")]
    assert plan.table.rows[0][3] == "2026-11-03 16:00Z"
    assert str(plan.summary) == "3 snapshots"


def test_a_volume_or_a_snapshot_narrows_the_list(desk: Desk, shelf: Shelf) -> None:
    wanted = shelf.add(0)
    (instance,) = desk.run(1)
    desk.ec2().create_snapshot(VolumeId=desk.volumes_of(instance)[0])
    for named in (shelf.volume, wanted):
        plan = desk.plan(f"/snapshot list {named}")
        assert plan.table is not None
        assert [row[0] for row in plan.table.rows] == [wanted]


def test_one_under_way_shows_how_far_it_is(desk: Desk, shelf: Shelf) -> None:
    desk.local.control.snapshots_take(100)
    desk.ec2().create_snapshot(VolumeId=shelf.volume)
    desk.local.control.advance(40)
    plan = desk.plan("/snapshot list")
    assert plan.table is not None
    assert re.fullmatch(r"pending 4\d%", in_english(plan.table)[0][2])


def test_an_account_that_cannot_be_read_hides_no_other(desk: Desk, shelf: Shelf) -> None:
    one = shelf.add(0)
    desk.deny("DescribeSnapshots", PROD_ID)
    plan = desk.plan("/snapshot list")
    assert plan.table is not None
    assert [row[0] for row in plan.table.rows] == [one]
    assert "lacks ec2:DescribeSnapshots" in unread(plan)["prod", "ap-northeast-1"]
