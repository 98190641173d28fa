"""A fault whose timer AWS holds, by a toban that is killed: all ends as before, and no timer is left.

The kill points are counted in an undisturbed life, and a sample of them is died at.  The local AWS's clock
goes on while nobody is there, so that its Scheduler sometimes is the one that puts it back.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from aws import autoscaling_group
from aws.account import Place
from bot.operation import ENDS, StepState
from bot.plan import Step
from commands.changes import hold_timer, narrow_group
from commands.changes.hold_timer import HOLD, RELEASE
from commands.changes.narrow_group import NARROW, WIDEN
from playground.aws.server import LocalAws
from tests.house import House, Time, house
from tests.scenarios.conftest import ACCOUNT, DEV, TOKYO
from tests.scenarios.dies import Death
from tests.scenarios.pairs import LINE, Pair
from tests.scenarios.points import some_of
from tests.scenarios.test_faults_killed import ORDERS, Fault, Lives
from tests.scenarios.zone_given import ZONE, given, there

ROLE = f"arn:aws:iam::{ACCOUNT}:role/toban-timer"
LASTS, MARGIN = timedelta(minutes=1), timedelta(minutes=2)
SAMPLED = 9  # deaths of one order
AWAY = (0, 100, 400)
"""Seconds that nobody is there: less than the timer, and more."""


@pytest.fixture
def death(monkeypatch: pytest.MonkeyPatch) -> Death:
    made = Death()
    made.waits_on_the_wire(monkeypatch)
    return made


def narrowed(aws: LocalAws) -> Fault:
    """A group that launches in one subnet less, and AWS holds the timer of its way back."""
    given(aws)
    aws.control.timers_now(Time().at.isoformat())
    scaling = aws.client("autoscaling", account=ACCOUNT, region=TOKYO)
    (web,) = autoscaling_group.find(scaling, names=["web"])
    ec2 = aws.client("ec2", account=ACCOUNT, region=TOKYO)
    here = [{"Name": "availability-zone", "Values": [ZONE]}]
    gone = {one["SubnetId"] for one in ec2.describe_subnets(Filters=here)["Subnets"]}

    def steps() -> Sequence[Step]:
        fault = narrow_group.narrowing(Place(DEV.name, TOKYO), web, gone)
        back = narrow_group.widening(fault, LASTS)
        call = narrow_group.prepared(None, back)  # type: ignore[arg-type] # it reads nothing of the world
        hold = hold_timer.holding(fault, back, call, ROLE, LASTS + MARGIN)
        return hold, replace(fault, needs=(hold.key,)), back, hold_timer.releasing(hold, back)

    def shows() -> object:
        groups: Any = there(aws)["groups"]
        return groups["web"], list(aws.control.timers.all((ACCOUNT, TOKYO)))

    def is_broken() -> bool:
        return [one.subnets for one in autoscaling_group.find(scaling, names=["web"])] != [web.subnets]

    return Fault(Pair(steps, (HOLD, RELEASE, NARROW, WIDEN)), shows, is_broken)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("order", ORDERS)
def test_killed_at_any_moment_all_is_as_before_and_no_timer_is_left(
    order: str, local_aws: LocalAws, tmp_path: Path, death: Death
) -> None:
    before_death, after_it = ORDERS[order]
    undisturbed = Lives(tmp_path / "undisturbed", narrowed(local_aws), death)
    points = undisturbed.live(before_death)
    assert points >= 20
    by_aws = 0
    sample = some_of(points, SAMPLED, order)
    for die_at, away in zip(sample, cycle(AWAY), strict=False):
        local_aws.reset()
        fault = narrowed(local_aws)
        as_before = fault.shows()
        lives = Lives(tmp_path / f"dies-{die_at}", fault, death)
        lives.live(before_death, die_at=die_at)
        local_aws.control.advance(away)
        by_aws += len(local_aws.control.timers.ran)
        lives.time.pass_(seconds=away)
        lives.live(after_it)
        assert fault.shows() == as_before, (die_at, away)
        with house(lives.folder, [DEV], time=lives.time) as at_home:
            rows = at_home.steps(1)
            assert at_home.operation(1).state in ENDS, (die_at, away)
            assert not [row for row in rows if row.state is StepState.FAILED and row.step.undoes], die_at
    assert by_aws or order != "its moment comes"  # sometimes AWS was there first


def test_it_is_broken_meanwhile_and_aws_holds_its_timer(
    local_aws: LocalAws, tmp_path: Path, death: Death
) -> None:
    fault = narrowed(local_aws)

    def until_broken(at_home: House) -> None:
        at_home.ask(LINE, key="the-drill")
        at_home.work(passing=5, turns=5)

    Lives(tmp_path / "one", fault, death).live(until_broken)
    assert fault.is_broken()
    assert len(local_aws.control.timers.all((ACCOUNT, TOKYO))) == 1
