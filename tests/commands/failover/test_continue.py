"""A shift waits at its gates for somebody, and goes on, or goes home."""

import pytest

from bot.arguments import UsageError
from bot.operation import State, StepState
from bot.plan import Plan
from commands.changes import gate
from tests.commands.desk import Desk
from tests.house import OTHER
from tests.scenarios.region_given import AWAY, HOME, NAME, records, two_addresses, weights

LINE = f"/failover run region {NAME} --to oregon --stages 10,50,100 --for 10m --patience 10m"


def gates(lab: Desk, number: int) -> list[tuple[StepState, str]]:
    rows = [row for row in lab.house.steps(number) if row.step.action == gate.NAME]
    return [(row.state, str(row.reason or "")) for row in rows]


def goes_on(lab: Desk, number: int, person: str = OTHER) -> None:
    lab.house.asked(f"/failover continue {number}", person)
    lab.house.work(passing=5, turns=4)


def test_each_stage_waits_until_somebody_lets_it_go_on(lab: Desk) -> None:
    zone = two_addresses(lab.local)
    before = records(lab.local, zone)
    number = lab.see_through(LINE)
    assert weights(lab.local, zone) == {HOME: 90, AWAY: 10}
    goes_on(lab, number)
    assert weights(lab.local, zone) == {HOME: 50, AWAY: 50}
    goes_on(lab, number)
    assert weights(lab.local, zone) == {HOME: 0, AWAY: 100}
    assert gates(lab, number) == [(StepState.DONE, f"{OTHER} lets it go on")] * 2
    lab.house.work(passing=601)
    lab.house.work(passing=20, turns=6)
    assert records(lab.local, zone) == before
    assert lab.house.operation(number).state is State.DONE


def test_two_who_say_so_at_once_open_one_gate(lab: Desk) -> None:
    zone = two_addresses(lab.local)
    number = lab.see_through(LINE)
    first, second = (lab.plan(f"/failover continue {number}").steps for _ in range(2))
    assert first == second
    lab.house.ask(f"/failover continue {number}", OTHER)
    lab.house.ask(f"/failover continue {number}")
    lab.house.work(passing=5, turns=4)
    assert weights(lab.local, zone) == {HOME: 50, AWAY: 50}
    assert [one.stage for one in lab.house.path.drills.gates(number)] == [10]


def test_rolled_back_it_goes_home_and_the_gate_says_so(lab: Desk) -> None:
    zone = two_addresses(lab.local)
    before = records(lab.local, zone)
    number = lab.see_through(LINE)
    lab.house.asked(f"/failover abort {number}")
    lab.house.work(passing=5, turns=4)
    assert records(lab.local, zone) == before
    assert gates(lab, number)[0] == (StepState.FAILED, "it goes back")
    assert gates(lab, number)[1][0] is StepState.SKIPPED


def test_who_says_nothing_in_time_says_no(lab: Desk) -> None:
    zone = two_addresses(lab.local)
    number = lab.see_through(LINE)
    lab.house.work(passing=601)
    assert gates(lab, number)[0][1].startswith("nobody has said within")
    lab.house.work(passing=601)
    lab.house.work(passing=20, turns=6)
    assert weights(lab.local, zone) == {HOME: 1, AWAY: 0}


def said(plan: Plan) -> str:
    return str(plan.summary)


def test_what_does_not_wait_is_not_let_go_on_ahead_of_its_time(lab: Desk) -> None:
    two_addresses(lab.local)
    number = lab.house.asked(LINE)
    assert "does not wait for anybody" in said(lab.plan(f"/failover continue {number}"))
    lab.house.work(passing=20, turns=4)
    assert said(lab.plan(f"/failover continue {number}")).startswith(f"let #{number} go on after 10 %")
    lab.house.cancel(number)
    lab.house.work(passing=20, turns=8)
    assert "has ended already" in said(lab.plan(f"/failover continue {number}"))


def test_a_number_that_is_none_is_a_sentence(lab: Desk) -> None:
    with pytest.raises(UsageError, match="There is no operation #99"):
        lab.plan("/failover continue 99")
