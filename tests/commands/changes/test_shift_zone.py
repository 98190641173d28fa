"""Traffic is shifted away from a zone; the shifts are the local AWS's own, which is tested by itself."""

from datetime import timedelta
from typing import Any

import pytest

from aws.errors import Refused
from bot.command import Sight
from bot.plan import Step
from commands.changes import shift_zone
from commands.changes.shift_zone import CANCEL_SHIFT, LATER, SHIFT
from commands.reading import fields
from tests.commands.changes.zone import HERE, Zone
from tests.commands.desk import DEV_ID, TOKYO, Desk

LASTS = timedelta(minutes=5)


@pytest.fixture
def zone(desk: Desk) -> Zone:
    return Zone(desk)


@pytest.fixture
def step(zone: Zone) -> Step:
    return shift_zone.shifting(HERE, zone.balancer(), zone.subnets()[0].zone_id, lasts=LASTS)


def shifts(zone: Zone) -> list[Any]:
    return list(zone.desk.local.control.times.zonal_shifts.active((DEV_ID, TOKYO)))


def by_hand(zone: Zone, step: Step, comment: str = "by hand") -> str:
    arc = zone.desk.local.client("arc-zonal-shift", account=DEV_ID, region=TOKYO)
    asked = dict(step.inputs)
    more = {"awayFrom": asked["zone"], "expiresIn": "1h", "comment": comment}
    return str(arc.start_zonal_shift(resourceIdentifier=asked["arn"], **more)["zonalShiftId"])


def test_it_begins_with_an_end_of_its_own_a_little_after_the_drill(zone: Zone, step: Step) -> None:
    zone.call(SHIFT, step)
    (one,) = shifts(zone)
    assert one.lasts == LASTS + LATER
    assert one.comment == "toban:operation=7 toban:token=t-1"
    assert zone.look(SHIFT, step) == step.after
    assert zone.watch(SHIFT, step).sight is Sight.REACHED


def test_its_way_back_cancels_it(zone: Zone, step: Step) -> None:
    back = shift_zone.cancelling(step, LASTS)
    zone.call(SHIFT, step)
    zone.call(CANCEL_SHIFT, back)
    assert shifts(zone) == []
    assert zone.look(CANCEL_SHIFT, back) == back.after == fields(shift="none")
    assert zone.watch(CANCEL_SHIFT, back).sight is Sight.REACHED
    assert zone.call(CANCEL_SHIFT, back).request_id == ""


def test_nobody_need_cancel_it(zone: Zone, step: Step) -> None:
    back = shift_zone.cancelling(step, LASTS)
    zone.call(SHIFT, step)
    zone.desk.local.control.advance((LASTS + LATER).total_seconds() + 1)
    assert zone.look(CANCEL_SHIFT, back) == back.after
    assert zone.call(CANCEL_SHIFT, back).request_id == ""


def test_a_second_try_finds_the_first_by_its_token(zone: Zone, step: Step) -> None:
    begun = zone.call(SHIFT, step).results
    assert zone.call(SHIFT, step).results == begun
    assert len(shifts(zone)) == 1
    assert zone.find(SHIFT, step, token="t-2") is None


def test_where_nobody_knows_what_was_begun_it_is_found_by_the_operation(zone: Zone, step: Step) -> None:
    zone.call(SHIFT, step)
    zone.made.clear()
    zone.call(CANCEL_SHIFT, shift_zone.cancelling(step, LASTS))
    assert shifts(zone) == []


def test_anothers_shift_is_a_conflict_and_is_left_alone(zone: Zone, step: Step) -> None:
    other = by_hand(zone, step, "toban:operation=70 toban:token=t-10")
    with pytest.raises(Refused):
        zone.call(SHIFT, step)
    zone.call(CANCEL_SHIFT, shift_zone.cancelling(step, LASTS))
    assert [one.id for one in shifts(zone)] == [other]


def test_a_shift_that_came_after_it_keeps_nothing_waiting(zone: Zone, step: Step) -> None:
    """Ours has expired, somebody began another: the way back ends nothing, and is over."""
    back = shift_zone.cancelling(step, LASTS)
    zone.call(SHIFT, step)
    zone.desk.local.control.advance(3600)
    other = by_hand(zone, step)
    zone.call(CANCEL_SHIFT, back)
    assert [one.id for one in shifts(zone)] == [other]
    assert zone.watch(CANCEL_SHIFT, back).sight is Sight.REACHED
