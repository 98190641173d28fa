"""toban dies for good right after the faults, and AWS itself puts everything back; then toban comes home.

The timers are the local AWS's own EventBridge Scheduler, which is tested by itself and makes real calls.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.operation import State, StepState
from commands.changes import cut_subnet
from playground.aws.server import LocalAws
from tests.commands.desk import DEV, DEV_ID, TOKYO, Desk
from tests.commands.failover.lab import well
from tests.commands.failover.test_run_bucket import OLD, bucket, policy_of
from tests.house import Time, house
from tests.scenarios import region_given, zone_given
from tests.scenarios.conftest import ACCOUNT, run_instances

ROLE = f"arn:aws:iam::{DEV_ID}:role/toban-timer"
HOLDING = replace(DEV, timer_role=ROLE)
BACK_HOME = 60 * 60  # seconds after which somebody has repaired toban's machine


@dataclass(frozen=True)
class Drill:
    """A line, and how what it breaks reads."""

    line: str
    shows: Callable[[], object]


def a_zone(desk: Desk) -> Drill:
    vpc = zone_given.given(desk.local)

    def shows() -> object:
        now = zone_given.there(desk.local)
        return now["groups"], now["acl of"], now["shifts"]

    return Drill(f"/failover run zone {zone_given.ZONE} --vpc {vpc}", shows)


def an_instance(desk: Desk) -> Drill:
    (one,) = run_instances(desk.local, 1, {"env": "dev", "toban:chaos": "allowed"})

    def shows() -> object:
        found = desk.ec2().describe_instances(InstanceIds=[one])
        return found["Reservations"][0]["Instances"][0]["State"]["Name"]

    return Drill(f"/failover run instance {one} --how stop --anyway", shows)


def a_bucket(desk: Desk, policy: str = OLD) -> Drill:
    bucket(desk, policy)
    return Drill("/failover run bucket shop-files --role shop", lambda: policy_of(desk))


def a_bare_bucket(desk: Desk) -> Drill:
    return a_bucket(desk, "")


def weights(desk: Desk) -> Drill:
    zone = region_given.two_addresses(desk.local, home=7, away=1)
    line = f"/failover run region {region_given.NAME} --to oregon"
    return Drill(line, lambda: region_given.records(desk.local, zone))


def roles(desk: Desk) -> Drill:
    zone = region_given.a_pair(desk.local)
    line = f"/failover run region {region_given.NAME} --to oregon --anyway"
    return Drill(line, lambda: region_given.records(desk.local, zone))


KINDS = {one.__name__: one for one in (a_zone, an_instance, a_bucket, a_bare_bucket, weights, roles)}


@contextmanager
def at_home(aws: LocalAws, folder: Path, time: Time) -> Iterator[Desk]:
    with house(folder, [HOLDING], time=time, drills=well) as there:
        aws.control.timers_now(time().isoformat())
        yield Desk(there, aws)


def timers(aws: LocalAws) -> list[str]:
    places = ((ACCOUNT, TOKYO), (ACCOUNT, "us-east-1"))
    return [name for place in places for name in aws.control.timers.all(place)]


@pytest.mark.parametrize("kind", KINDS)
def test_aws_puts_it_back_and_toban_finds_it_so(kind: str, local_aws: LocalAws, tmp_path: Path) -> None:
    time = Time()
    with at_home(local_aws, tmp_path, time) as desk:
        of = KINDS[kind](desk)
        as_before = of.shows()
        number = desk.see_through(f"{of.line} --for 10m", turns=5, passing=5)
        assert of.shows() != as_before
        assert timers(local_aws)
    local_aws.control.advance(BACK_HOME)
    assert of.shows() == as_before
    assert timers(local_aws) == []
    assert {one.outcome for one in local_aws.control.timers.ran} == {"ok"}

    time.pass_(seconds=BACK_HOME)
    with at_home(local_aws, tmp_path, time) as desk:
        desk.house.work(passing=20, turns=8)
        rows = desk.house.steps(number)
        assert {row.state for row in rows} == {StepState.DONE}, [(row.step.key, row.reason) for row in rows]
        assert desk.house.operation(number).state is State.DONE
        assert of.shows() == as_before


@pytest.mark.parametrize("kind", KINDS)
def test_while_toban_lives_it_is_faster_and_takes_the_timers_away(
    kind: str, local_aws: LocalAws, tmp_path: Path
) -> None:
    with at_home(local_aws, tmp_path, Time()) as desk:
        of = KINDS[kind](desk)
        as_before = of.shows()
        number = desk.see_through(f"{of.line} --for 1m", turns=16, passing=10)
        assert desk.house.operation(number).state is State.DONE
        assert of.shows() == as_before
    assert (timers(local_aws), local_aws.control.timers.ran) == ([], [])


@pytest.mark.parametrize("kind", KINDS)
def test_ended_by_hand_no_timer_is_left(kind: str, local_aws: LocalAws, tmp_path: Path) -> None:
    with at_home(local_aws, tmp_path, Time()) as desk:
        of = KINDS[kind](desk)
        as_before = of.shows()
        number = desk.see_through(f"{of.line} --for 1h", turns=4, passing=5)
        desk.house.cancel(number)
        desk.house.work(passing=10, turns=8)
        assert of.shows() == as_before
    assert (timers(local_aws), local_aws.control.timers.ran) == ([], [])


def test_a_fault_whose_timer_cannot_be_set_is_not_made(local_aws: LocalAws, tmp_path: Path) -> None:
    """AWS refuses a role that Scheduler may not be: here, one of another account."""
    strange = replace(HOLDING, timer_role="arn:aws:iam::222222222222:role/toban-timer")
    with house(tmp_path, [strange], drills=well) as there:
        local_aws.control.timers_now(there.time().isoformat())
        desk = Desk(there, local_aws)
        of = a_bucket(desk)
        as_before = of.shows()
        number = desk.see_through(f"{of.line} --for 1m", turns=6, passing=20)
        states = {row.step.action: row.state for row in desk.house.steps(number)}
        assert states["failover.hold-timer"] is StepState.FAILED
        assert states["failover.deny-bucket"] is StepState.SKIPPED
        assert of.shows() == as_before


def test_only_a_cut_subnet_has_its_timer_behind_the_fault(local_aws: LocalAws, tmp_path: Path) -> None:
    with at_home(local_aws, tmp_path, Time()) as desk:
        plan = desk.plan(f"{a_zone(desk).line} --for 10m")
    order = [step.key for step in plan.steps]
    holds = [step for step in plan.steps if step.action == "failover.hold-timer"]
    faults = {step.key: back.undoes for step in holds for back in plan.steps if step.key.endswith(back.key)}
    behind = {key for key, fault in faults.items() if order.index(fault) < order.index(key)}
    assert behind == {key for key in faults if cut_subnet.RESTORE_NAME in key}
    assert len(behind) == 2
    assert len(faults) == 5  # two groups and what one of them does by itself, too
