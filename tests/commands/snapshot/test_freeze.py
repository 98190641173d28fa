"""--before and --after: frozen for the moment of the call, and thawed whatever happens."""

import subprocess
from pathlib import Path

import pytest

from bot.arguments import UsageError
from bot.flow import cancel
from bot.operation import StepState
from commands.changes.freeze import TIMED_OUT, freezing, thawing
from playground.aws.faults import Fault, Kind
from tests.commands.desk import Desk
from tests.house import APPROVER, OPERATOR

LINE = '/snapshot create {} --before "fsfreeze -f /data" --after "fsfreeze -u /data"'


def ends(desk: Desk, number: int) -> dict[str, StepState]:
    return {row.step.action: row.state for row in desk.house.steps(number)}


def ran(desk: Desk) -> list[str]:
    """What was run on instances: freeze or thaw, in turn."""
    sent = desk.local.control.commands_sent()
    return ["thaw" if "timer ] &&" in str(one.parameters) else "freeze" for one in sent]


def test_it_is_frozen_before_and_thawed_after_the_call(desk: Desk) -> None:
    (instance,) = desk.run(1)
    rows = desk.carry_out(LINE.format(instance), turns=8)
    assert {row.state for row in rows} == {StepState.DONE}
    assert ran(desk) == ["freeze", "thaw"]
    order = [
        call.action
        for call in desk.local.control.calls()
        if call.action in {"SendCommand", "CreateSnapshots"}
    ]
    assert order == ["SendCommand", "CreateSnapshots", "SendCommand"]


def test_it_is_thawed_while_the_snapshots_are_still_pending(desk: Desk) -> None:
    """A snapshot holds the moment at which it was begun; nobody waits frozen for its end."""
    (instance,) = desk.run(1)
    desk.local.control.snapshots_take(None)
    number = desk.see_through(LINE.format(instance), turns=6)
    assert ends(desk, number)["command.after"] is StepState.DONE
    assert ends(desk, number)["snapshot.create"] is StepState.AWAITING


def test_a_freeze_that_fails_makes_no_snapshot_and_is_thawed_all_the_same(desk: Desk) -> None:
    (instance,) = desk.run(1)
    desk.local.control.fail_commands(1)
    number = desk.see_through(LINE.format(instance), turns=8)
    assert ends(desk, number) == {
        "command.before": StepState.FAILED,
        "snapshot.create": StepState.SKIPPED,
        "command.after": StepState.DONE,
    }


def test_a_snapshot_that_is_refused_is_thawed_all_the_same(desk: Desk) -> None:
    (instance,) = desk.run(1)
    desk.local.control.order(Fault(Kind.DENY, action="CreateSnapshots"))
    number = desk.see_through(LINE.format(instance), turns=8)
    assert ends(desk, number)["snapshot.create"] is StepState.FAILED
    assert ends(desk, number)["command.after"] is StepState.DONE


def test_a_cut_answer_freezes_no_second_time_and_is_thawed(desk: Desk) -> None:
    """SendCommand is never repeated: nobody knows whether the first one runs."""
    (instance,) = desk.run(1)
    desk.local.control.order(Fault(Kind.CUT_AFTER, action="SendCommand", times=1))
    number = desk.see_through(LINE.format(instance), turns=8)
    assert ends(desk, number)["command.before"] is StepState.UNKNOWN
    assert ends(desk, number)["command.after"] is StepState.DONE
    assert ran(desk) == ["freeze", "thaw"]


def test_who_cancels_a_frozen_one_gets_it_thawed(desk: Desk) -> None:
    (instance,) = desk.run(1)
    desk.local.control.commands_take(None)
    number = desk.house.asked(LINE.format(instance))
    desk.house.click(number, APPROVER)
    desk.house.work(passing=5)
    cancel.cancel(desk.house.path, number, OPERATOR)
    desk.local.control.commands_take(0)
    desk.local.control.release_commands()
    desk.house.work(passing=20, turns=4)
    assert ends(desk, number)["command.after"] is StepState.DONE
    assert ends(desk, number)["snapshot.create"] is not StepState.PLANNED


def test_what_does_not_run_need_not_be_frozen(desk: Desk) -> None:
    (instance,) = desk.run(1)
    desk.ec2().stop_instances(InstanceIds=[instance])
    assert {step.action for step in desk.plan(LINE.format(instance)).steps} == {"snapshot.create"}


@pytest.mark.parametrize("half", ['--before "sync"', '--after "true"'])
def test_a_freeze_without_a_thaw_is_refused(desk: Desk, half: str) -> None:
    (instance,) = desk.run(1)
    with pytest.raises(UsageError, match="belong together"):
        desk.plan(f"/snapshot create {instance} {half}")


@pytest.mark.parametrize("verb", ["snapshot create", "backup tonight"])
def test_a_secret_in_a_freeze_is_refused_before_it_is_stored(desk: Desk, verb: str) -> None:
    with pytest.raises(UsageError, match="looks like a secret") as refused:
        desk.parse(f'/{verb} all --before "mysql -phunter2 -e flush" --after "true"')
    assert "hunter2" not in str(refused.value)


def run(script: list[str]) -> int:
    return subprocess.run(["sh", "-c", "\n".join(script)], check=False, timeout=60).returncode


def test_the_scripts_freeze_and_thaw_on_a_real_shell(tmp_path: Path) -> None:
    frozen, mark = tmp_path / "frozen", str(tmp_path / "toban-1")
    freeze, thaw = f"touch {frozen}", f"rm -f {frozen}"
    assert run(freezing(freeze, thaw, 60, mark)) == 0
    assert frozen.exists()
    assert run(thawing(thaw, mark)) == 0
    assert not frozen.exists()
    assert run(thawing(thaw, mark)) == 0


def test_the_timer_on_the_instance_thaws_when_nobody_comes(tmp_path: Path) -> None:
    """And the thaw that comes too late says so.  The freeze hangs until then, however late the timer is."""
    frozen, mark = tmp_path / "frozen", str(tmp_path / "toban-1")
    frozen.touch()
    freeze, thaw = f"while [ -f {frozen} ]; do sleep 0.02; done", f"rm -f {frozen}"
    assert run(freezing(freeze, thaw, 0, mark)) == 0
    assert not frozen.exists()
    assert run(thawing(thaw, mark)) == TIMED_OUT


def test_a_freeze_that_prints_a_secret_does_not_give_it_away(desk: Desk) -> None:
    (instance,) = desk.run(1)
    desk.local.control.fail_commands(1)
    desk.local.control.commands_say("cannot connect: password=hunter2")
    number = desk.see_through(LINE.format(instance), turns=8)
    (frozen,) = [row for row in desk.house.steps(number) if row.step.action == "command.before"]
    assert "password=[redacted]" in str(frozen.reason)
