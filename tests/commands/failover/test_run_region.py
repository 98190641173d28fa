"""Traffic is shifted to another region in a drill, or to stay; Route 53 is moto's with our change batches."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.arguments import UsageError
from bot.operation import State, StepState
from bot.plan import Plan, Step
from bot.probe import Probe, Sample
from bot.store import drills
from bot.store.database import Database
from commands.changes.shift_weights import BETWEEN, SETTLED
from playground.aws.server import LocalAws
from tests.commands.desk import DEV, Desk, unread
from tests.commands.failover.lab import PROBE, AlwaysWell
from tests.house import OPERATOR, house
from tests.scenarios.region_given import (
    AWAY,
    HOME,
    NAME,
    a_pair,
    a_zone,
    an_address,
    put,
    records,
    two_addresses,
    two_regions,
    weights,
)

LINE = f"/failover run region {NAME} --to oregon"


def of(plan: Plan, action: str) -> list[Step]:
    return [step for step in plan.steps if step.action == f"failover.{action}"]


def notes(plan: Plan) -> str:
    return " / ".join(map(str, plan.notes))


def test_the_traffic_is_there_for_a_while_and_then_exactly_where_it_was(lab: Desk) -> None:
    zone = two_addresses(lab.local, home=7, away=1)
    before = records(lab.local, zone)
    number = lab.see_through(f"{LINE} --for 10m")
    assert weights(lab.local, zone) == {HOME: 0, AWAY: 100}
    lab.house.work(passing=601)
    lab.house.work(passing=20, turns=6)
    assert records(lab.local, zone) == before
    assert lab.house.operation(number).state is State.DONE


def test_every_call_of_it_is_one_that_is_declared(lab: Desk) -> None:
    zone = two_regions(lab.local)
    before = records(lab.local, zone)
    rows = lab.carry_out(f"{LINE} --for 20s", turns=12)
    assert {row.state for row in rows} == {StepState.DONE}
    assert records(lab.local, zone) == before


def test_aborted_it_goes_home_at_once(lab: Desk) -> None:
    zone = two_addresses(lab.local)
    before = records(lab.local, zone)
    number = lab.see_through(f"{LINE} --for 2h")
    lab.house.cancel(number)
    lab.house.work(turns=2)
    assert records(lab.local, zone) == before


def test_the_step_says_the_weights_before_and_after_and_the_way_back_the_same(lab: Desk) -> None:
    two_addresses(lab.local, home=255)
    plan = lab.plan(LINE)
    (shift,), (back,) = of(plan, "shift-traffic"), of(plan, "restore-traffic")
    assert shift.before == back.after == ((AWAY, "0"), (HOME, "255"))
    assert shift.after == back.before == ((AWAY, "100"), (HOME, "0"))
    assert back.undoes == shift.key
    assert shift.target.tags == (("toban:chaos", "allowed"),)
    assert (shift.target.type, shift.target.id, shift.target.region) == ("record", NAME, "us-east-1")


def test_between_stages_there_is_a_gate_and_only_what_is_open_goes_on(lab: Desk) -> None:
    two_addresses(lab.local)
    plan = lab.plan(f"{LINE} --stages 10,50,100")
    shifts, gates = of(plan, "shift-traffic"), of(plan, "gate")
    assert [dict(one.after) for one in shifts] == [
        {AWAY: "10", HOME: "90"},
        {AWAY: "50", HOME: "50"},
        {AWAY: "100", HOME: "0"},
    ]
    assert [one.before for one in shifts[1:]] == [one.after for one in shifts[:-1]]
    assert [one.target.id for one in gates] == [f"{NAME}@10", f"{NAME}@50"]
    assert [one.needs[-1] for one in shifts[1:]] == [one.key for one in gates]
    (back,) = of(plan, "restore-traffic")
    assert back.undoes == shifts[0].key
    assert set(back.follows) == {one.key for one in shifts}


def test_a_stage_that_is_reached_already_is_no_step(lab: Desk) -> None:
    two_addresses(lab.local, home=50, away=50)
    shifts = of(lab.plan(f"{LINE} --stages 10,50,100"), "shift-traffic")
    assert [dict(one.after)[AWAY] for one in shifts] == ["100"]


def test_where_all_of_it_is_already_nothing_is_done(lab: Desk) -> None:
    two_addresses(lab.local, home=0, away=1)
    plan = lab.plan(LINE)
    assert (str(plan.summary), plan.steps) == (f"All the traffic of {NAME} goes to oregon already.", ())


def test_failover_records_swap_their_roles_at_once(lab: Desk) -> None:
    zone = a_pair(lab.local)
    before = records(lab.local, zone)
    with pytest.raises(UsageError, match="at once, not in stages"):
        lab.plan(f"{LINE} --stages 10,100")
    lab.see_through(f"{LINE} --for 10m")
    assert weights(lab.local, zone) == {HOME: "SECONDARY", AWAY: "PRIMARY"}
    lab.house.work(passing=601)
    lab.house.work(passing=20, turns=6)
    assert records(lab.local, zone) == before


def test_both_kinds_of_addresses_go_in_one_batch(lab: Desk) -> None:
    zone = two_addresses(lab.local)
    sixth = [an_address("2001:db8::1", Type="AAAA", SetIdentifier=one) for one in ("tokyo", "oregon")]
    put(lab.local, zone, *({**one, "Weight": weight} for one, weight in zip(sixth, (9, 0), strict=True)))
    lab.local.control.log.clear()
    lab.see_through(f"{LINE} --for 10m")
    assert weights(lab.local, zone) == {HOME: 0, AWAY: 100, "AAAA tokyo": 0, "AAAA oregon": 100}
    assert lab.local.control.count("ChangeResourceRecordSets") == 1


# -- to stay -------------------------------------------------------------------------------------------


def test_what_shall_stay_stays_and_goes_home_as_a_test_of_its_own(lab: Desk) -> None:
    zone = two_addresses(lab.local)
    first = lab.see_through(f"{LINE} --stay", turns=12)
    assert lab.house.operation(first).state is State.DONE
    assert weights(lab.local, zone) == {HOME: 0, AWAY: 100}
    path = lab.house.path
    path.db.write(lambda tx: drills.change(tx, first, ended=path.now()))  # as its watcher would
    second = lab.see_through(f"/failover run region {NAME} --to tokyo --stay", turns=12)
    assert lab.house.operation(second).state is State.DONE
    assert weights(lab.local, zone) == {HOME: 100, AWAY: 0}


def test_what_shall_stay_goes_home_only_from_half_way(lab: Desk) -> None:
    two_addresses(lab.local)
    (back,) = of(lab.plan(f"{LINE} --stay --stages 10,100"), "restore-traffic")
    assert (back.before, back.after, back.after_a_while) == (BETWEEN, SETTLED, None)
    zone = next(iter(lab.local.backend("route53", "123456789012", "aws").zones))
    before = records(lab.local, zone)
    number = lab.see_through(f"{LINE} --stay --stages 10,100")
    assert weights(lab.local, zone) == {HOME: 90, AWAY: 10}
    lab.house.cancel(number)
    lab.house.work(passing=5, turns=3)
    assert records(lab.local, zone) == before


@pytest.fixture
def ill(local_aws: LocalAws, tmp_path: Path) -> Iterator[Desk]:
    """A desk whose users are not well."""

    def sick(asked: Sequence[Probe]) -> Sequence[Sample]:
        return [Sample(one.name, datetime.now(UTC), 2.0, "timeout") for one in asked]

    def watched(db: Database) -> AlwaysWell:
        return AlwaysWell(db, {PROBE.name: PROBE}, sick)

    with house(tmp_path, [DEV], drills=watched) as there:
        yield Desk(there, local_aws)


def test_where_users_are_not_well_it_is_no_test_but_it_can_be_done(ill: Desk) -> None:
    zone = two_addresses(ill.local)
    with pytest.raises(UsageError, match="what is not well is not tested"):
        ill.plan(LINE)
    plan = ill.plan(f"{LINE} --stay")
    assert [step.action for step in plan.steps] == ["failover.shift-traffic"]
    assert "shop is not well now (timeout): this is no test, and nothing is measured" in notes(plan)
    number = ill.see_through(f"{LINE} --stay")
    assert weights(ill.local, zone) == {HOME: 0, AWAY: 100}
    assert ill.house.operation(number).state is State.DONE


# -- which name, which record --------------------------------------------------------------------------


def test_a_region_is_as_good_as_an_identifier(lab: Desk) -> None:
    two_regions(lab.local)
    (shift,) = of(lab.plan(f"/failover run region https://{NAME}/cart --to us-west-2"), "shift-traffic")
    assert dict(shift.after) == {AWAY: "100", HOME: "0"}


def test_a_record_that_there_is_not_is_said_with_those_that_there_are(lab: Desk) -> None:
    two_addresses(lab.local)
    with pytest.raises(UsageError, match=r"0 lead to osaka, .* of oregon, tokyo"):
        lab.plan(f"/failover run region {NAME} --to osaka")


def test_a_name_without_weights_says_what_its_records_are(lab: Desk) -> None:
    zone = a_zone(lab.local)
    with pytest.raises(UsageError, match="in no hosted zone"):
        lab.plan(LINE)
    put(lab.local, zone, an_address())
    with pytest.raises(UsageError, match=r"no weighted or failover records.*are: simple"):
        lab.plan(LINE)


def test_of_two_zones_of_one_name_the_public_one_counts(lab: Desk) -> None:
    private = a_zone(lab.local, private=True)
    put(lab.local, private, an_address(SetIdentifier="tokyo", Weight=3))
    zone = two_addresses(lab.local)
    (shift,) = of(lab.plan(LINE), "shift-traffic")
    assert dict(shift.inputs)["zone"] == zone


def test_the_other_records_of_the_name_stay_and_are_named(lab: Desk) -> None:
    zone = two_addresses(lab.local)
    put(lab.local, zone, an_address("2001:db8::1", Type="AAAA"))
    assert f"the AAAA record of {NAME} is simple and stays as it is" in notes(lab.plan(LINE))


def test_an_account_that_cannot_be_read_hides_no_other_and_is_said(lab: Desk) -> None:
    two_addresses(lab.local)
    lab.deny("ListHostedZonesByName")
    assert ("prod", "us-east-1") in unread(lab.plan(LINE))


@pytest.mark.parametrize("stages", ["0,100", "50,10", "10,10", "101", "ten", "10,,20"])
def test_stages_are_percentages_that_grow(lab: Desk, stages: str) -> None:
    two_addresses(lab.local)
    with pytest.raises(UsageError, match="Stages are percentages that grow"):
        lab.plan(f"{LINE} --stages {stages}")


# -- what else may happen ------------------------------------------------------------------------------


def test_what_somebody_changed_since_the_plan_is_not_overwritten(lab: Desk) -> None:
    zone = two_addresses(lab.local)
    number = lab.house.asked(f"{LINE} --before 60s")
    put(lab.local, zone, an_address("203.0.113.9", SetIdentifier="tokyo", Weight=5))
    lab.house.click(number, "U0SUZUKI")
    lab.house.work(passing=20, turns=8)
    (shift,) = (row for row in lab.house.steps(number) if row.step.action == "failover.shift-traffic")
    assert shift.state is StepState.SKIPPED
    assert records(lab.local, zone)[HOME]["ResourceRecords"] == [{"Value": "203.0.113.9"}]


def test_the_way_home_leaves_what_else_somebody_changed_meanwhile(lab: Desk) -> None:
    zone = two_addresses(lab.local)
    lab.see_through(f"{LINE} --for 10m")
    moved = an_address("203.0.113.9", SetIdentifier="tokyo", Weight=0)
    put(lab.local, zone, moved)
    lab.house.work(passing=601)
    lab.house.work(passing=20, turns=6)
    there = records(lab.local, zone)
    assert (there[HOME]["Weight"], there[HOME]["ResourceRecords"]) == (1, [{"Value": "203.0.113.9"}])
    assert there[AWAY]["Weight"] == 0


def test_the_default_of_what_follows_waits_for_the_last_answer_that_is_kept(lab: Desk) -> None:
    zone = two_addresses(lab.local)
    put(lab.local, zone, replace_ttl(records(lab.local, zone)[HOME], 600))
    (end,) = of(lab.plan(LINE), "recovered")
    assert end.within is not None
    assert end.within.total_seconds() >= 660
    assert "may keep the answer for 0:10:00" in notes(lab.plan(LINE))


def replace_ttl(one: object, ttl: int) -> dict[str, object]:
    assert isinstance(one, dict)
    return {**one, "TTL": ttl}


def test_who_asked_is_the_person_of_the_drill(lab: Desk) -> None:
    two_addresses(lab.local)
    number = lab.see_through(f"{LINE} --for 10m")
    found = lab.house.path.drills.get(number)
    assert found is not None
    assert (found.person, found.spec.kind, found.spec.about) == (OPERATOR, "region", f"{NAME} → oregon")
    assert found.spec.lasts.total_seconds() == 600


def test_the_drill_may_last_as_long_as_its_gates_wait(lab: Desk) -> None:
    two_addresses(lab.local)
    number = lab.see_through(f"{LINE} --for 10m --stages 10,50,100 --patience 20m")
    found = lab.house.path.drills.get(number)
    assert found is not None
    assert found.spec.lasts.total_seconds() == 50 * 60
