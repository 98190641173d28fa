"""AWS holds the timer of a way back; the local AWS's Scheduler, which is tested itself, makes the calls."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aws.errors import Denied
from bot.command import Sight
from bot.plan import Step
from commands.changes import cut_subnet, hold_timer, make_deny_acl, narrow_group, suspend_rebalance
from commands.changes.cut_subnet import CUT
from commands.changes.hold_timer import HOLD, PREPARES, RELEASE
from commands.changes.make_deny_acl import MAKE_DENY_ACL
from commands.changes.narrow_group import NARROW, WIDEN
from commands.changes.suspend_rebalance import SUSPEND
from playground.aws.faults import Fault, Kind
from playground.aws.server import LocalAws
from tests.commands.changes.zone import HERE, Zone
from tests.commands.desk import DEV, DEV_ID, TOKYO, Desk
from tests.house import house
from tests.scenarios.zone_given import ZONE

ROLE = f"arn:aws:iam::{DEV_ID}:role/toban-timer"
LASTS, COMES = timedelta(minutes=5), timedelta(minutes=7)


@pytest.fixture
def zone(local_aws: LocalAws, tmp_path: Path) -> Iterator[Zone]:
    with house(tmp_path, [replace(DEV, timer_role=ROLE)]) as there:
        local_aws.control.timers_now(there.time().isoformat())
        yield Zone(Desk(there, local_aws))


def narrow(zone: Zone) -> tuple[Step, Step]:
    step = narrow_group.narrowing(HERE, zone.group("web"), {one.id for one in zone.subnets()})
    return step, narrow_group.widening(step, LASTS)


def held(zone: Zone, fault: Step, back: Step) -> tuple[Step, Step]:
    """The timer of a way back, and the way to release it."""
    call = PREPARES[back.action](zone.desk.house.path.observer(), back)
    hold = hold_timer.holding(fault, back, call, ROLE, COMES)
    return hold, hold_timer.releasing(hold, back)


def timers(zone: Zone) -> list[str]:
    return list(zone.desk.local.control.timers.all((DEV_ID, TOKYO)))


def ran(zone: Zone) -> list[tuple[str, str]]:
    return [(one.target.rpartition(":")[2], one.outcome) for one in zone.desk.local.control.timers.ran]


def test_should_toban_be_gone_aws_puts_a_group_back_in_its_own_order(zone: Zone) -> None:
    was, (fault, back) = zone.group("web"), narrow(zone)
    hold, _ = held(zone, fault, back)
    zone.call(HOLD, hold)
    assert zone.watch(HOLD, hold).sight is Sight.REACHED
    zone.call(NARROW, fault)
    zone.desk.local.control.advance(COMES.total_seconds() - 2)
    assert zone.group("web").subnets != was.subnets
    zone.desk.local.control.advance(3)
    assert zone.group("web") == was
    assert ran(zone) == [("updateAutoScalingGroup", "ok")]


def test_the_fault_needs_the_timer_where_the_call_is_known_beforehand(zone: Zone) -> None:
    fault, back = narrow(zone)
    hold, release = held(zone, replace(fault, needs=("first",)), back)
    assert hold.needs == ("first",)
    assert (release.undoes, release.follows) == (hold.key, (back.key,))
    assert (hold.target.type, hold.target.tags) == ("timer", back.target.tags)


def test_released_it_is_gone_and_nothing_is_called(zone: Zone) -> None:
    fault, back = narrow(zone)
    hold, release = held(zone, fault, back)
    zone.call(HOLD, hold)
    zone.call(NARROW, fault)
    zone.call(WIDEN, back)
    zone.call(RELEASE, release)
    assert zone.watch(RELEASE, release).sight is Sight.REACHED
    zone.desk.local.control.advance(COMES.total_seconds() + 1)
    assert (timers(zone), ran(zone)) == ([], [])


def test_once_aws_has_made_the_call_tobans_own_way_back_finds_it_so_and_releases_what_is_gone(
    zone: Zone,
) -> None:
    fault, back = narrow(zone)
    hold, release = held(zone, fault, back)
    zone.call(HOLD, hold)
    zone.call(NARROW, fault)
    zone.desk.local.control.advance(COMES.total_seconds() + 1)
    assert zone.look(WIDEN, back) == back.after
    assert zone.call(RELEASE, release).request_id == ""
    assert zone.watch(RELEASE, release).sight is Sight.REACHED


def test_a_timer_that_comes_between_tobans_way_back_and_its_release_changes_nothing(zone: Zone) -> None:
    was, (fault, back) = zone.group("web"), narrow(zone)
    hold, _ = held(zone, fault, back)
    zone.call(HOLD, hold)
    zone.call(NARROW, fault)
    zone.call(WIDEN, back)
    zone.desk.local.control.advance(COMES.total_seconds() + 1)
    assert ran(zone) == [("updateAutoScalingGroup", "ok")]
    assert zone.group("web") == was


def test_asked_twice_there_is_one_timer_that_comes_so_long_after_the_second(zone: Zone) -> None:
    fault, back = narrow(zone)
    hold, _ = held(zone, fault, back)
    zone.call(HOLD, hold)
    zone.desk.house.time.pass_(seconds=60)
    zone.desk.local.control.advance(60)
    zone.call(HOLD, hold)
    assert len(timers(zone)) == 1
    zone.desk.local.control.advance(COMES.total_seconds() - 2)
    assert len(timers(zone)) == 1


def test_a_release_that_does_not_know_the_name_finds_it_by_operation_and_step(zone: Zone) -> None:
    fault, back = narrow(zone)
    hold, release = held(zone, fault, back)
    other, _ = held(zone, fault, replace(back, key="other"))
    for each, operation, token in ((hold, 7, "mine"), (other, 7, "other"), (hold, 71, "other")):
        zone.call(HOLD, each, operation=operation, token=f"toban-{operation}-{token}")
    zone.made.clear()
    zone.call(RELEASE, release)
    assert sorted(name.rpartition("-")[0] for name in timers(zone)) == ["toban-7-other", "toban-71-other"]


def test_a_subnets_timer_is_set_once_it_is_cut_and_puts_it_under_its_own_acl(zone: Zone) -> None:
    one = zone.subnets()[0]
    was, made = zone.acl(one), make_deny_acl.making(HERE, zone.vpc, ZONE, tags=())
    zone.call(MAKE_DENY_ACL, made)
    fault = cut_subnet.cutting(HERE, one, was, made=made)
    hold, _ = held(zone, fault, cut_subnet.restoring(fault, LASTS))
    assert hold.needs == (fault.key,)
    zone.call(CUT, fault)
    zone.call(HOLD, hold)
    assert zone.acl(one).id != was.id
    zone.desk.local.control.advance(COMES.total_seconds() + 1)
    assert zone.acl(one).id == was.id
    assert ran(zone) == [("replaceNetworkAclAssociation", "ok")]


def test_a_subnets_timer_that_comes_late_is_refused_since_its_association_is_nobodys(zone: Zone) -> None:
    one = zone.subnets()[0]
    was, made = zone.acl(one), make_deny_acl.making(HERE, zone.vpc, ZONE, tags=())
    zone.call(MAKE_DENY_ACL, made)
    fault = cut_subnet.cutting(HERE, one, was, made=made)
    back = cut_subnet.restoring(fault, LASTS)
    hold, _ = held(zone, fault, back)
    zone.call(CUT, fault)
    zone.call(HOLD, hold)
    zone.call(cut_subnet.RESTORE, back)
    mine = zone.acl(zone.subnets()[1]).id
    zone.put_under(one, mine)
    zone.desk.local.control.advance(COMES.total_seconds() + 1)
    assert ran(zone) == [("replaceNetworkAclAssociation", "InvalidAssociationID.NotFound")]
    assert zone.acl(one).id == mine


def test_a_suspended_process_is_resumed_and_no_other(zone: Zone) -> None:
    was = zone.group("web")
    fault = suspend_rebalance.suspending(HERE, was)
    _, back = narrow(zone)
    hold, _ = held(zone, fault, suspend_rebalance.resuming(fault, follows=back))
    zone.call(HOLD, hold)
    zone.call(SUSPEND, fault)
    zone.desk.local.control.advance(COMES.total_seconds() + 1)
    assert zone.group("web") == was
    assert was.suspended


def test_a_timer_that_is_not_there_is_not_set(zone: Zone) -> None:
    hold, _ = held(zone, *narrow(zone))
    zone.made[hold.key] = "toban-7-nobody"
    assert zone.watch(HOLD, hold).sight is Sight.COMING


def test_whoever_may_not_pass_the_role_sets_no_timer(zone: Zone) -> None:
    zone.desk.local.control.order(Fault(Kind.DENY, action="CreateSchedule", account=DEV_ID))
    hold, _ = held(zone, *narrow(zone))
    with pytest.raises(Denied, match="scheduler:CreateSchedule"):
        zone.call(HOLD, hold)
    assert timers(zone) == []
