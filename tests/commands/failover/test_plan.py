"""/failover plan: what a failure test would do, its ways back, and who has to agree; nothing is done."""

import pytest

from bot.arguments import UsageError
from bot.operation import Door
from tests.commands.desk import Desk, in_english
from tests.house import OPERATOR
from tests.scenarios.zone_given import OTHER, ZONE, given, there


@pytest.fixture
def vpc(lab: Desk) -> str:
    return given(lab.local)


def test_every_fault_stands_there_with_its_way_back_and_nothing_is_done(lab: Desk, vpc: str) -> None:
    before = there(lab.local)
    plan = lab.plan(f"/failover plan zone {ZONE} --for 10m")
    assert plan.steps == ()
    rows = in_english(plan.table)
    assert [(row[0], row[4]) for row in rows if row[0] == "failover.cut-subnet"] == [
        ("failover.cut-subnet", "failover.restore-subnet")
    ] * 2
    assert {row[0] for row in rows}.isdisjoint({"failover.steady", "failover.recovered"})
    assert there(lab.local) == before


def test_it_says_who_has_to_agree_and_offers_to_run_it(lab: Desk, vpc: str) -> None:
    parsed = lab.parse(f"/failover plan zone {ZONE} --for 10m")
    plan = parsed.verb.plan(parsed.args, lab.house.path.world_of(OPERATOR, Door.SLASH))
    assert str(plan.notes[0]) == "nobody else has to agree"
    (offer,) = plan.offers
    assert offer.line == f"failover run zone {ZONE} --for 10m"


def test_what_the_policy_refuses_is_said_and_not_offered(lab: Desk, vpc: str) -> None:
    ec2 = lab.ec2()
    subnets = [one["SubnetId"] for one in ec2.describe_subnets()["Subnets"] if one["VpcId"] == vpc]
    ec2.delete_tags(Resources=subnets, Tags=[{"Key": "toban:chaos"}])
    parsed = lab.parse(f"/failover plan zone {ZONE} --vpc {vpc}")
    plan = parsed.verb.plan(parsed.args, lab.house.path.world_of(OPERATOR, Door.SLASH))
    assert "failure-tests-break-what-is-tagged" in str(plan.notes[0])
    assert plan.offers == ()


def test_a_test_that_would_be_refused_is_refused_here(lab: Desk, vpc: str) -> None:
    with pytest.raises(UsageError, match="no zone of a region"):
        lab.plan("/failover plan zone eu-west-1a")


def test_what_is_no_failure_test_is_said(lab: Desk) -> None:
    with pytest.raises(UsageError, match="is no failure test"):
        lab.plan("/failover plan /failover list")


def test_the_line_may_be_whole_or_begin_where_it_gets_interesting(lab: Desk) -> None:
    short, whole = (lab.parse(f"/failover plan {text}zone {OTHER}") for text in ("", "/failover run "))
    assert short.line == whole.line
