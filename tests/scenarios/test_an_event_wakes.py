"""What AWS says has come about is looked at at once, and a rule may ask a line when a trouble ends."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.event import Event
from bot.flow import troubles
from bot.trouble import Phase, Reading, Rule, Seen
from bot.words import words
from playground.aws.server import LocalAws
from tests.house import CHANNEL, OPERATOR, House, house
from tests.scenarios.conftest import DEV, TOKYO, run_instances

RULE = Rule("snapshots", {"source": ["aws.ec2"]}, CHANNEL, owner=OPERATOR)


def event(number: int) -> Event:
    at = datetime(2026, 11, 21, 3, number, tzinfo=UTC)
    return Event(f"event/{number}", "dev", TOKYO, at, {"source": "aws.ec2", "detail-type": "EBS"})


def test_a_snapshot_that_aws_calls_complete_is_seen_without_waiting_for_the_next_look(
    local_aws: LocalAws, tmp_path: Path
) -> None:
    (instance,) = run_instances(local_aws, 1, {"env": "dev"})
    local_aws.control.snapshots_take(None)
    with house(tmp_path, [DEV], rules=[RULE]) as there:
        number = there.asked(f"/snapshot create {instance}")
        there.work(passing=20)
        (step,) = there.steps(number)
        assert step.state == "awaiting"
        local_aws.control.release_snapshots()
        there.engine.run_until_idle()
        assert state(there, number) == "awaiting"  # nobody looks before its time
        told = Reading(step.result, Phase.ENDS, words("complete"), names={"snapshot": step.result})
        troubles.take_in(there.path, "queue", [Seen(event(1), told, RULE)])
        there.engine.run_until_idle()
        assert state(there, number) == "done"


def test_a_rule_that_waits_for_the_end_asks_its_line_then_and_only_once(
    local_aws: LocalAws, tmp_path: Path
) -> None:
    rule = replace(RULE, do="ec2 list", when="end")
    begins = Reading("web", Phase.BEGINS, words("no launch"))
    ends = replace(begins, phase=Phase.ENDS)
    with house(tmp_path, [DEV], rules=[rule]) as there:
        troubles.take_in(there.path, "queue", [Seen(event(1), begins, rule)])
        assert there.path.troubles.get(1).operation is None  # type: ignore[union-attr]
        for _ in range(2):
            troubles.take_in(there.path, "queue", [Seen(event(2), ends, rule)])
        assert there.path.troubles.get(1).operation == 1  # type: ignore[union-attr]
        assert there.operation(1).ask.line == "ec2 list"
        assert there.path.db.read(lambda tx: tx.exec_driver_sql("select count(*) from asks").scalar()) == 1


def state(there: House, number: int) -> str:
    return str(there.steps(number)[0].state)
