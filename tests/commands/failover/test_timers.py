"""Who holds the timer of a way back: AWS by a role of the config, or toban, and the plan says which."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.drill import Part
from bot.operation import StepState
from bot.plan import Plan, Step
from commands.failover._timers import MARGIN
from playground.aws.server import LocalAws
from tests.commands.desk import DEV, DEV_ID, PROD, Desk, in_english
from tests.commands.failover.lab import PROBE, AlwaysWell, tried
from tests.commands.failover.test_run_bucket import bucket
from tests.house import house
from tests.scenarios import region_given
from tests.scenarios.zone_given import ZONE, given

ROLE = f"arn:aws:iam::{DEV_ID}:role/toban-timer"
BUCKET = "/failover run bucket shop-files --role shop --for 5m"
REGION = f"/failover run region {region_given.NAME} --to oregon --for 5m"


@pytest.fixture
def held(local_aws: LocalAws, tmp_path: Path) -> Iterator[Desk]:
    """A desk whose account names a role for timers, with an experiment of two parts."""
    later = Part("failover run bucket shop-files --role shop", timedelta(seconds=60))
    parts = {"friday": (Part(f"failover run zone {ZONE}"), later)}
    with house(
        tmp_path,
        [replace(DEV, timer_role=ROLE), PROD],
        drills=lambda db: AlwaysWell(db, {PROBE.name: PROBE}, tried, parts),
    ) as there:
        local_aws.control.timers_now(there.time().isoformat())
        yield Desk(there, local_aws)


def of(plan: Plan, action: str) -> list[Step]:
    return [step for step in plan.steps if step.action == f"failover.{action}"]


def minutes(hold: Step) -> float:
    return int(dict(hold.inputs)["seconds"]) / 60


def notes(plan: Plan) -> str:
    return " / ".join(map(str, plan.notes))


def test_without_a_role_toban_must_be_alive_and_the_plan_says_what_would_change_that(lab: Desk) -> None:
    bucket(lab)
    plan = lab.plan(BUCKET)
    assert of(plan, "hold-timer") == []
    assert "put back by toban, which must be alive for it: shop-files" in notes(plan)
    assert "timer_role of [accounts.dev]" in notes(plan)


def test_with_a_role_the_plan_says_that_aws_puts_it_back(held: Desk) -> None:
    bucket(held)
    said = notes(held.plan(BUCKET))
    assert "should toban be gone, AWS itself puts back shop-files" in said
    assert "what somebody else changed of them by then is overwritten" in said
    assert "must be alive" not in said
    assert "timer_role" not in said


def test_the_steps_are_those_of_the_fault_with_a_timer_round_them(held: Desk) -> None:
    bucket(held)
    plan = held.plan(BUCKET)
    steady, hold, fault, back, release, end = plan.steps
    assert hold.needs == (steady.key,)
    assert set(fault.needs) == {steady.key, hold.key}
    assert (release.undoes, release.follows) == (hold.key, (back.key,))
    assert end.follows == (back.key,)  # nobody waits for a timer to be taken away
    assert minutes(hold) == 7


def test_every_call_of_it_is_one_that_is_declared(held: Desk) -> None:
    bucket(held)
    rows = held.carry_out(f"{BUCKET} --for 1m".replace(" --for 5m", ""), turns=10)
    assert {row.state for row in rows} == {StepState.DONE}


def test_it_comes_after_all_that_people_may_take_at_the_gates(held: Desk) -> None:
    region_given.two_addresses(held.local, home=100)
    plan = held.plan(f"{REGION} --stages 10,50,100")
    (hold,) = of(plan, "hold-timer")
    gates = [step.within for step in of(plan, "gate") if step.within]
    longest = timedelta(minutes=5) + sum((one + MARGIN for one in gates), MARGIN)
    assert len(gates) == 2
    assert minutes(hold) == longest.total_seconds() / 60


def test_traffic_that_stays_there_has_no_timer(held: Desk) -> None:
    region_given.two_addresses(held.local)
    plan = held.plan(f"{REGION} --stay".replace(" --for 5m", ""))
    assert of(plan, "hold-timer") == []
    assert "must be alive" not in notes(plan)


def test_what_waits_for_another_way_back_has_its_timer_behind_it(held: Desk) -> None:
    given(held.local)
    plan = held.plan(f"/failover run zone {ZONE} --for 5m")
    of_groups = {step.key: minutes(step) for step in of(plan, "hold-timer")}
    (resumed,) = [one for key, one in of_groups.items() if "resume-rebalance" in key]
    (widened,) = [one for key, one in of_groups.items() if "widen-group" in key and key.endswith("/web")]
    assert (widened, resumed) == (7, 9)


def test_what_has_a_timer_of_its_own_gets_no_other(held: Desk) -> None:
    given(held.local)
    plan = held.plan(f"/failover run zone {ZONE} --for 5m")
    assert not [step for step in of(plan, "hold-timer") if "shift" in step.key or "delete-acl" in step.key]
    assert "AWS itself ends the shifts" in notes(plan)
    assert "is set in the seconds behind the cut" in notes(plan)


def test_in_an_experiment_each_way_back_has_one_timer_which_waits_with_its_part(held: Desk) -> None:
    given(held.local)
    bucket(held)
    plan = held.plan("/failover run experiment friday --for 5m")
    keys = [step.key for step in plan.steps]
    assert len(keys) == len(set(keys))
    (hold,) = [step for step in of(plan, "hold-timer") if "allow-bucket" in step.key]
    (fault,) = of(plan, "deny-bucket")
    assert hold.after_a_while == timedelta(seconds=60)
    assert (hold.key in fault.needs, fault.after_a_while) == (True, None)
    assert "AWS itself puts back" in notes(plan)


def test_a_timer_is_no_row_of_what_would_be_broken(held: Desk) -> None:
    bucket(held)
    plan = held.plan(f'/failover plan "{BUCKET}"')
    assert [row[0] for row in in_english(plan.table)] == ["failover.deny-bucket"]


def test_a_timer_is_no_mark_on_the_drills_axis(held: Desk) -> None:
    bucket(held)
    number = held.see_through(f"{BUCKET} --for 1m".replace(" --for 5m", ""), turns=10)
    drills = held.house.path.drills
    marks = [one.key for one in drills.marks(number) if one.key.startswith("step/")]
    assert [one.split("/")[1] for one in marks] == ["failover.deny-bucket", "failover.allow-bucket"]
