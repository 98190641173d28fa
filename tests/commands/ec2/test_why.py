"""The diagnosis over the local AWS: what it says, and that it reads no more than it declares."""

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from bot.plan import Plan
from tests.commands.desk import DEV_ID, Desk
from tests.commands.ec2.asleep import KEY, asleep, locked


def said(plan: Plan) -> str:
    """Everything it says."""
    return " | ".join(map(str, (plan.summary, *plan.notes)))


def test_a_healthy_instance_gets_a_calm_answer(desk: Desk) -> None:
    (well,) = desk.run()
    plan = desk.plan(f"/ec2 why {well}")
    assert str(plan.summary) == f"{well} runs, and all its status checks pass"
    assert (plan.steps, plan.notes, plan.file) == ((), (), None)


def test_one_that_was_stopped_by_somebody_is_not_diagnosed_away(desk: Desk) -> None:
    (one,) = asleep(desk)
    assert f"{one} is stopped because somebody wanted it so" in said(desk.plan(f"/ec2 why {one}"))


def test_one_that_fails_its_checks_comes_with_its_console(desk: Desk) -> None:
    (ill,) = desk.run()
    desk.local.control.impair(ill)
    assert "system check" in said(desk.plan(f"/ec2 why {ill}"))


def test_a_start_that_kms_refuses_fails_with_the_reason_and_what_to_do(desk: Desk) -> None:
    (one,) = locked(desk)
    (row,) = desk.carry_out(f"/ec2 start {one}")
    assert row.state is StepState.FAILED
    told = str(row.reason)
    assert "it is stopped again: Client.InternalError" in told
    assert f"may not use the KMS key {KEY}" in told
    assert f"add this statement to a policy of the caller: `/ec2 why {one}` prints it" in told


def test_one_that_kms_refuses_is_told_with_the_missing_statement(desk: Desk) -> None:
    (one,) = locked(desk)
    desk.ec2().start_instances(InstanceIds=[one])
    plan = desk.plan(f"/ec2 why {one}")
    assert f"may not use the KMS key {KEY}" in said(plan)
    assert plan.file is not None
    assert '"kms:CreateGrant"' in plan.file.text


def test_a_permission_that_is_missing_is_named_and_hides_nothing_else(desk: Desk) -> None:
    (ill,) = desk.run()
    desk.local.control.impair(ill)
    desk.deny("GetConsoleOutput", DEV_ID)
    told = said(desk.plan(f"/ec2 why {ill}"))
    assert "system check" in told
    assert "lacks ec2:GetConsoleOutput" in told


def test_several_are_for_preflight(desk: Desk) -> None:
    desk.run(2, env="dev")
    with pytest.raises(UsageError, match="preflight"):
        desk.plan("/ec2 why tag:env=dev")


def test_a_caller_is_a_role_or_user(desk: Desk) -> None:
    (well,) = desk.run()
    with pytest.raises(UsageError, match="not the ARN of a role or user"):
        desk.plan(f"/ec2 why {well} --caller sato")
