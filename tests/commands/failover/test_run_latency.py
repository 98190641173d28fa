"""/failover run latency: what instances send is late, and is free again by the way back."""

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from playground.aws.faults import Fault, Kind
from tests.commands.desk import DEV_ID, OREGON, PROD_ID, TOKYO, Desk, left, targets

LINE = "/failover run latency tag:service=web --delay 200ms --for 1m"
TAGS = {"service": "web", "toban:chaos": "allowed"}
SHAPE, FREE = "failover.shape-traffic", "failover.free-traffic"


def faults(desk: Desk, line: str = LINE) -> set[str]:
    return targets(step for step in desk.plan(line).steps if step.action == SHAPE)


def test_what_they_send_is_late_for_a_while_in_a_drill(lab: Desk) -> None:
    ids = lab.run(2, **TAGS)
    lab.local.control.commands_take(3)
    number = lab.see_through(LINE, turns=3, passing=10)
    spoilt = [lab.local.control.spoilt(one) for one in ids]
    assert [one.delay_ms for one in spoilt if one] == [200, 200]
    lab.local.control.advance(4)
    lab.house.work(passing=20, turns=1)
    for _ in range(8):
        lab.local.control.advance(10)
        lab.house.work(passing=20)
    assert {(row.step.action, row.state) for row in lab.house.steps(number)} == {
        ("failover.steady", StepState.DONE),
        (SHAPE, StepState.DONE),
        (FREE, StepState.DONE),
        ("failover.recovered", StepState.DONE),
    }
    assert [lab.local.control.spoilt(one) for one in ids] == [None, None]


def test_every_call_is_declared(lab: Desk) -> None:
    lab.run(1, **TAGS)
    rows = lab.carry_out(LINE, turns=10)
    assert {row.state for row in rows} == {StepState.DONE}


def test_the_plan_says_that_the_timer_is_on_the_instance_and_what_is_spared(lab: Desk) -> None:
    lab.run(1, **TAGS)
    plan = lab.plan(LINE)
    assert str(plan.summary) == "a failure test: what 1 instance sends is 200 ms late"
    notes = " ".join(map(str, plan.notes))
    assert "a timer on each instance itself ends it after" in notes
    assert "so that Systems Manager still reaches them" in notes
    by_port = " ".join(map(str, lab.plan(f"{LINE} --port 5432").notes))
    assert "only what comes from or goes to port 5432 is touched" in by_port


def test_each_fault_waits_for_the_steady_state_and_has_its_way_back(lab: Desk) -> None:
    lab.run(2, **TAGS)
    steps = lab.plan(LINE).steps
    breaking = [step for step in steps if step.action == SHAPE]
    assert all(steps[0].key in step.needs for step in breaking)
    assert {step.undoes for step in steps if step.action == FREE} == {step.key for step in breaking}


def test_only_linux_that_runs_and_answers_is_meant(lab: Desk) -> None:
    good, windows, silent, stopped = lab.run(4, **TAGS)
    lab.local.backend("ec2", DEV_ID, TOKYO).get_instance(windows).platform = "windows"
    lab.local.control.lose_agent(silent)
    lab.ec2().stop_instances(InstanceIds=[stopped])
    assert faults(lab) == {good}
    why = left(lab.plan(LINE))
    assert why[windows] == "it runs Windows, and only Linux has what is needed"
    assert "does not answer" in why[silent]
    assert why[stopped] == "it is stopped"


def test_where_none_can_be_reached_it_is_said_why(lab: Desk) -> None:
    (one,) = lab.run(1, **TAGS)
    lab.local.control.without_agent(one)
    with pytest.raises(
        UsageError, match=rf"No instance can be reached: {one}: Systems Manager knows no agent"
    ):
        lab.plan(LINE)


def test_a_drill_is_in_one_place(lab: Desk) -> None:
    lab.run(1, **TAGS)
    lab.run(1, account=DEV_ID, region=OREGON, **TAGS)
    lab.run(1, account=PROD_ID, **TAGS)
    with pytest.raises(UsageError, match="They are in several places: dev/ap-northeast-1, dev/us-west-2"):
        lab.plan(LINE)
    assert len(faults(lab, f"{LINE} --account dev --region {TOKYO}")) == 1


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ("--delay 0s", "from 1 ms to a minute"),
        ("--delay 2m", "from 1 ms to a minute"),
        ("--delay 10ms --jitter 20ms", "It cannot be early"),
        ("--delay 10ms --port 70000", "There is no port"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_read(lab: Desk, options: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        lab.plan(f"/failover run latency all {options}")


def test_a_command_that_fails_says_what_it_printed(lab: Desk) -> None:
    (one,) = lab.run(1, **TAGS)
    lab.local.control.fail_commands(1)
    lab.local.control.commands_say("toban: there is no tc (package iproute-tc or iproute2)", one)
    rows = {row.step.action: row for row in lab.carry_out(LINE, turns=10)}
    assert rows[SHAPE].state is StepState.FAILED
    assert "there is no tc" in str(rows[SHAPE].reason)
    assert rows[FREE].state is StepState.DONE


def test_an_agent_that_is_silent_when_it_is_put_back_is_asked_again(lab: Desk) -> None:
    (one,) = lab.run(1, **TAGS)
    number = lab.see_through(LINE, turns=3, passing=10)
    assert lab.local.control.spoilt(one)
    lab.local.control.lose_agent(one)
    lab.house.work(passing=20, turns=5)
    lab.local.control.commands.lost.clear()
    lab.house.work(passing=60, turns=6)
    assert {row.state for row in lab.house.steps(number)} == {StepState.DONE}
    assert lab.local.control.spoilt(one) is None


def test_an_instance_that_is_gone_has_nothing_to_be_put_back(lab: Desk) -> None:
    (one,) = lab.run(1, **TAGS)
    number = lab.see_through(LINE, turns=3, passing=10)
    lab.ec2().terminate_instances(InstanceIds=[one])
    lab.house.work(passing=60, turns=6)
    states = {row.step.action: row.state for row in lab.house.steps(number)}
    assert states[FREE] is StepState.DONE  # what is terminated has no queue


def test_a_cut_answer_is_no_second_fault_and_is_put_back(lab: Desk) -> None:
    (one,) = lab.run(1, **TAGS)
    lab.local.control.order(Fault(Kind.CUT_AFTER, action="SendCommand", times=1))
    rows = {row.step.action: row.state for row in lab.carry_out(LINE, turns=10)}
    assert (rows[SHAPE], rows[FREE]) == (StepState.UNKNOWN, StepState.DONE)
    sent = [each for each in lab.local.control.commands_sent() if "netem" in str(each.parameters)]
    assert len(sent) == 1
    assert lab.local.control.spoilt(one) is None
