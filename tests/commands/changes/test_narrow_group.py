"""A group launches nothing in a zone for a while, and afterwards where it did, in the order as written."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.command import Sight
from commands.changes import narrow_group
from commands.changes.narrow_group import NARROW, WIDEN
from commands.reading import fields
from tests.commands.changes.zone import HERE, Zone
from tests.commands.desk import Desk

LASTS = timedelta(minutes=5)


@pytest.fixture
def zone(desk: Desk) -> Zone:
    return Zone(desk)


def test_it_is_narrowed_and_set_back_in_its_own_order(zone: Zone) -> None:
    was, gone = zone.group("web"), {one.id for one in zone.subnets()}
    step = narrow_group.narrowing(HERE, was, gone)
    back = narrow_group.widening(step, LASTS)
    zone.call(NARROW, step)
    assert zone.group("web").subnets == was.subnets.split(",")[0]
    assert zone.watch(NARROW, step).sight is Sight.REACHED
    zone.call(WIDEN, back)
    assert zone.group("web") == was
    assert zone.watch(WIDEN, back).sight is Sight.REACHED


def test_a_group_is_so_when_it_shows_the_same_subnets_in_another_order(zone: Zone) -> None:
    step = narrow_group.narrowing(HERE, zone.group("web"), {zone.subnets()[0].id})
    back = narrow_group.widening(step, LASTS)
    written = dict(back.after)["subnets"].split(",")
    other = replace(back, after=fields(subnets=",".join(reversed(written))))
    assert zone.watch(WIDEN, other).sight is Sight.REACHED
    assert zone.watch(NARROW, step).sight is Sight.COMING


def test_a_group_of_that_zone_only_cannot_be_narrowed(zone: Zone) -> None:
    gone, api = {one.id for one in zone.subnets()}, zone.group("api")
    assert narrow_group.may_be(api, gone)
    assert not narrow_group.may_be(api, {*api.subnets.split(",")})


def test_the_way_back_holds_the_list_and_waits_for_its_moment(zone: Zone) -> None:
    step = narrow_group.narrowing(HERE, zone.group("api"), {one.id for one in zone.subnets()})
    back = narrow_group.widening(step, LASTS)
    assert back.after == fields(subnets=zone.group("api").subnets)
    assert (back.undoes, back.after_a_while) == (step.key, LASTS)
    assert dict(back.target.tags)["toban:chaos"] == "allowed"


def test_a_group_that_is_gone_is_nowhere(zone: Zone) -> None:
    step = narrow_group.narrowing(HERE, zone.group("api"), set())
    zone.scaling.delete_auto_scaling_group(AutoScalingGroupName="api", ForceDelete=True)
    assert zone.look(NARROW, step) is None
