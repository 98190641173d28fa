"""/failover run experiment: a zone is lost and an instance is late, as one drill that is put back whole."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.arguments import UsageError
from bot.drill import Part
from bot.operation import StepState
from playground.aws.server import LocalAws
from tests.commands.desk import DEV, PROD, Desk
from tests.commands.failover.lab import PROBE, AlwaysWell, tried
from tests.house import house
from tests.scenarios.zone_given import ZONE, given, is_broken, there

TAGS = {"service": "cache", "toban:chaos": "allowed", "env": "dev"}
LATE = "failover run latency tag:service=cache --delay 200ms"


@pytest.fixture
def vpc(local_aws: LocalAws) -> str:
    return given(local_aws)


@pytest.fixture
def lab(local_aws: LocalAws, tmp_path: Path, vpc: str) -> Iterator[Desk]:
    lost = f"failover run zone {ZONE} --vpc {vpc}"
    planned = {
        "bad-friday": (Part(lost), Part(LATE, timedelta(seconds=30))),
        "twice": (Part(lost), Part(f"{lost} --for 1m")),
        "nested": (Part("failover run experiment twice"),),
    }
    with house(
        tmp_path, [DEV, PROD], drills=lambda db: AlwaysWell(db, {PROBE.name: PROBE}, tried, planned)
    ) as at_home:
        yield Desk(at_home, local_aws)


def test_its_parts_are_broken_and_put_back_as_one(lab: Desk, vpc: str) -> None:
    (late,) = lab.run(1, **TAGS)
    before = there(lab.local)
    number = lab.see_through("/failover run experiment bad-friday --for 5m", turns=3, passing=20)
    assert is_broken(lab.local, vpc)
    assert lab.local.control.spoilt(late)
    for _ in range(12):
        lab.local.control.advance(40)
        lab.house.work(passing=40)
    assert {row.state for row in lab.house.steps(number)} == {StepState.DONE}
    assert there(lab.local) == before
    assert lab.local.control.spoilt(late) is None


def test_a_later_part_waits_so_long_after_the_steady_state(lab: Desk) -> None:
    lab.run(1, **TAGS)
    steps = lab.plan("/failover run experiment bad-friday --for 5m").steps
    (late,) = [step for step in steps if step.action == "failover.shape-traffic"]
    assert late.after_a_while == timedelta(seconds=30)
    assert late.needs == (steps[0].key,)
    assert [step.action for step in steps].count("failover.steady") == 1
    assert [step.action for step in steps].count("failover.recovered") == 1


def test_two_parts_that_touch_the_same_are_refused(lab: Desk) -> None:
    with pytest.raises(UsageError, match="both touch"):
        lab.plan("/failover run experiment twice")


def test_an_experiment_is_no_part_of_another(lab: Desk) -> None:
    with pytest.raises(UsageError, match="no part of an experiment"):
        lab.plan("/failover run experiment nested")


def test_a_name_that_the_config_does_not_know_is_answered_with_those_it_knows(lab: Desk) -> None:
    with pytest.raises(UsageError, match="Choose from bad-friday, nested, twice"):
        lab.plan("/failover run experiment good-friday")


def test_a_part_that_would_break_nothing_says_why(lab: Desk) -> None:
    with pytest.raises(UsageError):
        lab.plan("/failover run experiment bad-friday")
