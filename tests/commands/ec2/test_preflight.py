"""What would fail tomorrow morning, found the evening before."""

from bot.plan import Plan
from tests.commands.desk import DEV_ID, Desk, in_english
from tests.commands.ec2.asleep import asleep, locked


def signs(plan: Plan) -> dict[str, str]:
    """Each instance with its sign."""
    assert plan.table is not None
    return {row[2]: row[0] for row in in_english(plan.table)}


def test_what_would_start_is_said_and_nothing_changes(desk: Desk) -> None:
    ids = asleep(desk, 2, env="dev")
    desk.run(1, env="dev")
    plan = desk.plan("/ec2 preflight tag:env=dev")
    assert signs(plan) == dict.fromkeys(ids, "✓")
    assert "of 2 stopped instances 2 would start, 0 would not" in str(plan.summary)
    assert "1 run already" in str(plan.summary)
    assert plan.steps == ()


def test_what_kms_would_refuse_is_found_before_anybody_starts_it(desk: Desk) -> None:
    (good,), (bad,) = asleep(desk, env="dev"), locked(desk, env="dev")
    plan = desk.plan("/ec2 preflight tag:env=dev")
    assert signs(plan) == {good: "✓", bad: "✗"}
    assert plan.file is not None
    assert "kms:CreateGrant" in plan.file.text


def test_what_could_not_be_checked_is_neither_well_nor_ill(desk: Desk) -> None:
    asleep(desk, 1, env="dev")
    desk.deny("DescribeVolumes", DEV_ID)
    plan = desk.plan("/ec2 preflight tag:env=dev")
    assert set(signs(plan).values()) == {"?"}
    assert any("lacks ec2:DescribeVolumes" in str(note) for note in plan.notes)


def test_each_reason_is_said_once_for_all_that_it_stops(desk: Desk) -> None:
    locked(desk, 3, env="dev")
    plan = desk.plan("/ec2 preflight tag:env=dev")
    assert set(signs(plan).values()) == {"✗"}
    (note,) = (str(one) for one in plan.notes)
    assert note.startswith("3 would not start (")
