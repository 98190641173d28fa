"""An ACL that denies everything is made for a drill, and deleted behind it, whatever is known of it."""

from datetime import timedelta

import pytest

from aws.errors import InUse
from bot.command import Sight
from bot.flow.refusal import NOT_FOR_GOOD
from bot.plan import Step
from commands.changes import cut_subnet, make_deny_acl
from commands.changes.make_deny_acl import DELETE_DENY_ACL, GONE, MAKE_DENY_ACL, THERE
from tests.commands.changes.zone import HERE, Zone
from tests.commands.desk import Desk
from tests.scenarios.zone_given import ZONE


@pytest.fixture
def zone(desk: Desk) -> Zone:
    return Zone(desk)


@pytest.fixture
def step(zone: Zone) -> Step:
    return make_deny_acl.making(HERE, zone.vpc, ZONE, tags=(("env", "dev"),))


def test_it_is_made_with_its_tags_and_denies_everything(zone: Zone, step: Step) -> None:
    before = zone.acls()
    zone.call(MAKE_DENY_ACL, step)
    (made,) = zone.acls() - before
    (shown,) = zone.ec2.describe_network_acls(NetworkAclIds=[made])["NetworkAcls"]
    tags = {one["Key"]: one["Value"] for one in shown["Tags"]}
    assert (tags["toban:operation"], tags["toban:token"], tags["toban:zone"]) == ("7", "t-1", ZONE)
    assert {one["RuleAction"] for one in shown["Entries"]} == {"deny"}
    assert zone.watch(MAKE_DENY_ACL, step).sight is Sight.REACHED


def test_one_that_lets_something_through_is_none(zone: Zone, step: Step) -> None:
    zone.call(MAKE_DENY_ACL, step)
    zone.ec2.create_network_acl_entry(
        NetworkAclId=zone.made[step.key],
        RuleNumber=1,
        Protocol="-1",
        RuleAction="allow",
        Egress=True,
        CidrBlock="0.0.0.0/0",
    )
    assert zone.watch(MAKE_DENY_ACL, step).sight is Sight.FAILED


def test_a_second_try_finds_the_first_by_its_token_and_by_no_other(zone: Zone, step: Step) -> None:
    assert zone.find(MAKE_DENY_ACL, step) is None
    made = zone.call(MAKE_DENY_ACL, step).results
    found = zone.find(MAKE_DENY_ACL, step)
    assert found is not None
    assert found.results == made
    assert zone.find(MAKE_DENY_ACL, step, token="t-2") is None


@pytest.mark.parametrize("known", [True, False])
def test_it_is_deleted_also_where_nobody_knows_what_was_made(zone: Zone, step: Step, known: bool) -> None:
    before, back = zone.acls(), make_deny_acl.deleting(step, ())
    zone.call(MAKE_DENY_ACL, step)
    if not known:
        zone.made.clear()
    assert zone.look(DELETE_DENY_ACL, back) == THERE
    zone.call(DELETE_DENY_ACL, back)
    assert zone.acls() == before
    assert zone.look(DELETE_DENY_ACL, back) == GONE
    assert zone.watch(DELETE_DENY_ACL, back).sight is Sight.REACHED
    assert zone.call(DELETE_DENY_ACL, back).request_id == ""


def test_those_of_other_drills_and_other_zones_stay(zone: Zone, step: Step) -> None:
    other = make_deny_acl.making(HERE, zone.vpc, "ap-northeast-1c", tags=())
    zone.call(MAKE_DENY_ACL, step, operation=8, token="t-8")
    zone.call(MAKE_DENY_ACL, other, token="t-2")
    before = zone.acls()
    zone.made.clear()
    zone.call(DELETE_DENY_ACL, make_deny_acl.deleting(step, ()))
    assert zone.acls() == before


def test_while_a_subnet_is_under_it_it_is_asked_again(zone: Zone, step: Step) -> None:
    one = zone.subnets()[0]
    cut = cut_subnet.cutting(HERE, one, zone.acl(one), made=step)
    zone.call(MAKE_DENY_ACL, step)
    zone.call(cut_subnet.CUT, cut)
    with pytest.raises(InUse) as error:
        zone.call(DELETE_DENY_ACL, make_deny_acl.deleting(step, ()))
    assert error.value.said.code in NOT_FOR_GOOD
    assert DELETE_DENY_ACL.within >= timedelta(hours=1)


def test_in_a_vpc_that_is_gone_nothing_is_made(zone: Zone) -> None:
    assert zone.look(MAKE_DENY_ACL, make_deny_acl.making(HERE, "vpc-00000000", ZONE, tags=())) is None
