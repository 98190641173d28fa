"""A subnet is cut off, and put back under exactly the ACL that it was under."""

from datetime import timedelta

import pytest

from aws.subnet import Subnet
from bot.command import Sight
from bot.plan import Step
from commands.changes import cut_subnet, make_deny_acl
from commands.changes.cut_subnet import CUT, RESTORE
from commands.changes.make_deny_acl import MAKE_DENY_ACL
from commands.reading import fields
from tests.commands.changes.zone import HERE, Zone
from tests.commands.desk import Desk
from tests.scenarios.zone_given import ZONE

LASTS = timedelta(minutes=5)
OFF = fields(acl="cut off")


@pytest.fixture
def zone(desk: Desk) -> Zone:
    return Zone(desk)


@pytest.fixture
def one(zone: Zone) -> Subnet:
    return zone.subnets()[0]


@pytest.fixture
def cut(zone: Zone, one: Subnet) -> Step:
    """Planned; the ACL that it goes under is made."""
    made = make_deny_acl.making(HERE, zone.vpc, ZONE, tags=())
    zone.call(MAKE_DENY_ACL, made)
    return cut_subnet.cutting(HERE, one, zone.acl(one), made=made, needs=("first",))


def test_it_is_cut_off_and_put_back_by_associations_that_nobody_remembered(
    zone: Zone, one: Subnet, cut: Step
) -> None:
    was, back = zone.acl(one), cut_subnet.restoring(cut, LASTS)
    zone.call(CUT, cut)
    assert zone.look(CUT, cut) == OFF == cut.after
    assert zone.watch(CUT, cut).sight is Sight.REACHED
    assert zone.acl(one).denies_all
    zone.call(RESTORE, back)
    now = zone.acl(one)
    assert now.id == was.id
    assert now.associations != was.associations
    assert zone.watch(RESTORE, back).sight is Sight.REACHED


def test_asked_twice_either_does_no_harm(zone: Zone, one: Subnet, cut: Step) -> None:
    was, back = zone.acl(one), cut_subnet.restoring(cut, LASTS)
    zone.call(CUT, cut)
    assert zone.call(CUT, cut).request_id == ""
    zone.call(RESTORE, back)
    assert zone.call(RESTORE, back).request_id == ""
    assert zone.acl(one).id == was.id


def test_others_subnets_stay_as_they_are(zone: Zone, cut: Step) -> None:
    other = zone.subnets()[1]
    before = zone.acl(other)
    zone.call(CUT, cut)
    assert zone.acl(other) == before


def test_whatever_somebody_did_meanwhile_it_is_put_back(zone: Zone, one: Subnet, cut: Step) -> None:
    was, back = zone.acl(one), cut_subnet.restoring(cut, LASTS)
    zone.call(CUT, cut)
    zone.put_under(one, zone.acl(zone.subnets()[1]).id)
    assert zone.watch(RESTORE, back).sight is Sight.COMING
    zone.call(RESTORE, back)
    assert zone.acl(one).id == was.id


def test_the_way_back_holds_the_acl_and_waits_for_its_moment(zone: Zone, one: Subnet, cut: Step) -> None:
    back = cut_subnet.restoring(cut, LASTS)
    assert back.after == cut.before == fields(acl=zone.acl(one).id)
    assert (back.undoes, back.after_a_while, back.needs) == (cut.key, LASTS, ())
    assert RESTORE.whatever_happens


def test_an_acl_that_denies_everything_but_is_somebodys_own_is_no_cut(zone: Zone, one: Subnet) -> None:
    assert zone.acl(one).denies_all  # of a new ACL, which nobody has given rules
    cut = cut_subnet.cutting(
        HERE, one, zone.acl(one), made=make_deny_acl.making(HERE, zone.vpc, ZONE, tags=())
    )
    assert zone.look(CUT, cut) == fields(acl=zone.acl(one).id)


def test_a_subnet_that_is_gone_is_nowhere(zone: Zone, cut: Step) -> None:
    zone.ec2.delete_subnet(SubnetId=cut.target.id)
    del zone.desk.local.backend("ec2", "123456789012", "ap-northeast-1").network_acls[
        dict(cut.before)["acl"]
    ]  # moto keeps the association of a subnet that is gone
    assert zone.look(CUT, cut) is None
