import pytest

from bot.arguments import UsageError
from bot.plan import Plan
from tests.commands.desk import DEV_ID, OREGON, PROD_ID, Desk, in_english, unread


def rows(plan: Plan) -> list[tuple[str, ...]]:
    assert plan.table is not None
    return in_english(plan.table)


def test_every_instance_of_every_account_and_region_is_listed(desk: Desk) -> None:
    ids = {
        *desk.run(2, Name="web", env="dev"),
        *desk.run(1, region=OREGON, Name="far"),
        *desk.run(1, account=PROD_ID, Name="db", env="prod"),
    }
    plan = desk.plan("/ec2 list")
    assert {row[1] for row in rows(plan)} == ids
    assert {row[5] for row in rows(plan)} == {"dev", "prod"}
    assert str(plan.summary) == "4 instances, 4 of them running"
    assert plan.steps == ()


def test_tags_names_accounts_and_regions_narrow_the_list(desk: Desk) -> None:
    (web,) = desk.run(1, Name="web-1", env="dev")
    desk.run(1, Name="batch", env="dev")
    (far,) = desk.run(1, region=OREGON, Name="web-2", env="dev")
    assert [row[1] for row in rows(desk.plan("/ec2 list name:web-* --region ap-northeast-1"))] == [web]
    assert [row[1] for row in rows(desk.plan("/ec2 list name:web-* tag:env=dev --region us-west-2"))] == [far]
    assert rows(desk.plan("/ec2 list --account prod")) == []


def test_terminated_instances_show_only_when_they_are_named(desk: Desk) -> None:
    (gone,) = desk.run(1, env="dev")
    desk.ec2().terminate_instances(InstanceIds=[gone])
    assert rows(desk.plan("/ec2 list")) == []
    assert [row[2] for row in rows(desk.plan(f"/ec2 list {gone}"))] == ["terminated"]


def test_an_id_that_is_nowhere_is_said(desk: Desk) -> None:
    with pytest.raises(UsageError, match="i-0123456789abcdef0 cannot be found in any account"):
        desk.plan("/ec2 list i-0123456789abcdef0")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("tag:env=dve", "tag:env=dev"), ("name:wbe-1", "name:web-1"), ("tag:Env=dev", "tag:env=dev")],
)
def test_what_fits_nothing_is_answered_with_what_comes_nearest(desk: Desk, asked: str, meant: str) -> None:
    desk.run(1, Name="web-1", env="dev")
    with pytest.raises(UsageError, match=f"No instance fits {asked}. Did you mean {meant}"):
        desk.plan(f"/ec2 list {asked}")


def test_what_is_terminated_is_not_what_somebody_may_have_meant(desk: Desk) -> None:
    desk.ec2().terminate_instances(InstanceIds=list(desk.run(1, Name="spot-1")))
    with pytest.raises(UsageError, match=r"No instance fits name:spot-1\.$"):
        desk.plan("/ec2 list name:spot-1")


def test_an_account_that_cannot_be_read_hides_no_other(desk: Desk) -> None:
    (there,) = desk.run(1, env="dev")
    desk.run(1, account=PROD_ID)
    desk.deny("DescribeInstances")
    plan = desk.plan("/ec2 list")
    assert [row[1] for row in rows(plan)] == [there]
    assert list(unread(plan)) == [("prod", "ap-northeast-1")]
    assert "lacks ec2:DescribeInstances" in unread(plan)["prod", "ap-northeast-1"]


def test_an_id_may_be_where_nobody_could_look(desk: Desk) -> None:
    """It would be wrong to say that it does not exist."""
    desk.deny("DescribeInstances", DEV_ID)
    assert rows(desk.plan("/ec2 list i-0123456789abcdef0")) == []


def test_office_hours_and_what_is_planned_stand_on_the_line(desk: Desk) -> None:
    (kept,) = desk.run(1, Name="bastion", **{"toban:hours": "office-tokyo"})
    (plain,) = desk.run(1, Name="web")
    desk.see_through(f"/ec2 start {kept} --for 2h", turns=2)
    by_id = {row[1]: row[6:] for row in rows(desk.plan("/ec2 list"))}
    assert by_id[kept] == ("office-tokyo", "ec2.stop 11-21 14:00 #1")
    assert by_id[plain] == ("", "")
