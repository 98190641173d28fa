"""A group moves nothing between zones for a while; what somebody suspended stays suspended."""

import pytest

from bot.command import Sight
from commands.changes import narrow_group, suspend_rebalance
from commands.changes.suspend_rebalance import ACTIVE, RESUME, SUSPEND, SUSPENDED
from tests.commands.changes.test_narrow_group import LASTS
from tests.commands.changes.zone import HERE, Zone
from tests.commands.desk import Desk


@pytest.fixture
def zone(desk: Desk) -> Zone:
    return Zone(desk)


def test_only_the_one_process_is_suspended_and_resumed(zone: Zone) -> None:
    was = zone.group("web")
    step = suspend_rebalance.suspending(HERE, was)
    zone.call(SUSPEND, step)
    assert zone.group("web").suspended == ("AZRebalance", "AlarmNotification")
    assert zone.look(SUSPEND, step) == SUSPENDED
    assert zone.watch(SUSPEND, step).sight is Sight.REACHED
    widened = narrow_group.widening(narrow_group.narrowing(HERE, was, set()), LASTS)
    back = suspend_rebalance.resuming(step, follows=widened)
    assert zone.watch(RESUME, back).sight is Sight.COMING
    zone.call(RESUME, back)
    assert zone.look(RESUME, back) == ACTIVE
    assert zone.group("web") == was


def test_its_way_back_comes_behind_that_of_the_subnets(zone: Zone) -> None:
    step = suspend_rebalance.suspending(HERE, zone.group("web"))
    widened = narrow_group.widening(narrow_group.narrowing(HERE, zone.group("web"), set()), LASTS)
    back = suspend_rebalance.resuming(step, follows=widened)
    assert (back.undoes, back.follows, back.after_a_while) == (step.key, (widened.key,), None)


def test_what_is_suspended_already_needs_nothing(zone: Zone) -> None:
    assert suspend_rebalance.is_active(zone.group("web"))
    assert not suspend_rebalance.is_active(zone.group("api"))
