from bot.operation import StepState
from playground.aws.faults import Fault, Kind
from tests.commands.desk import Desk, left, targets


def test_running_instances_are_rebooted_and_the_others_named(desk: Desk) -> None:
    runs, still = desk.run(2, env="dev")
    desk.ec2().stop_instances(InstanceIds=[still])
    desk.local.control.open_session(runs, "sato")
    plan = desk.plan("/ec2 reboot tag:env=dev")
    assert targets(plan.steps) == {runs}
    assert left(plan) == {still: "it is stopped"}
    assert ["sato has had a session" in str(one) for one in plan.steps[0].warnings] == [True]


def test_rebooted_is_what_passes_its_checks_a_while_after_it_was_asked_for(desk: Desk) -> None:
    """Just after the call the checks are still those from before."""
    ids = desk.run(2, env="dev")
    rows = desk.carry_out("/ec2 reboot tag:env=dev", turns=2)
    assert {row.state for row in rows} == {StepState.AWAITING}
    desk.house.work(passing=30, turns=2)
    ends = {row.step.target.id: row for row in desk.house.steps(1)}
    assert set(ends) == set(ids)
    assert {row.state for row in ends.values()} == {StepState.DONE}
    assert all("EC2 itself shows no reboot" in str(row.reason) for row in ends.values())
    assert desk.local.control.count("RebootInstances") == 1


def test_one_that_does_not_come_back_well_has_failed(desk: Desk) -> None:
    (ill,) = desk.run(1, env="dev")
    desk.house.asked("/ec2 reboot tag:env=dev")
    desk.local.control.impair(ill)
    desk.see_through("/ec2 reboot tag:env=dev --within 3m", turns=6, passing=40)
    (row,) = desk.house.steps(2)
    assert row.state is StepState.FAILED
    assert "not so in time; AWS shows: running; system check impaired" in str(row.reason)


def test_a_cut_answer_is_never_asked_again(desk: Desk) -> None:
    desk.run(1, env="dev")
    desk.local.control.order(Fault(Kind.CUT_AFTER, action="RebootInstances"))
    (row,) = desk.carry_out("/ec2 reboot tag:env=dev", turns=8, passing=60)
    assert row.state is StepState.UNKNOWN
    assert desk.local.control.count("RebootInstances") == 1
