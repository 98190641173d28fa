from pathlib import Path

from commands.alarm.rules import short
from playground.aws.server import LocalAws
from tests.commands.alarm.alarms import come
from tests.commands.desk import DEV, Desk, in_english
from tests.house import house


def test_the_rules_stand_in_their_order_with_what_they_do(desk: Desk) -> None:
    come(desk)
    plan = desk.plan("/alarm rules")
    assert str(plan.summary) == "3 rules; the first that fits an event counts"
    alarms, abuse, rest = in_english(plan.table)
    assert alarms[0] == "alarms"
    assert alarms[2:] == ("C0OPS", "–", "U0MILLER → U0SUZUKI → on-duty", "–", "2026-11-21T03:00:00+00:00")
    assert abuse == (
        "abuse",
        "source=aws.health detail.service=ABUSE",
        "C0OPS",
        "critical",
        "–",
        "ec2 stop {instance}",
        "–",
    )
    assert rest[1] == 'source={"anything-but": ["aws.trustedadvisor"]}'


def test_a_long_pattern_is_cut() -> None:
    assert short({"source": ["aws.ec2"], "detail": {"state": ["stopped"] * 40}}).endswith("stopped,stopp…")


def test_what_is_silent_is_said_below(desk: Desk) -> None:
    come(desk)
    desk.carry_out("/alarm silence rule:rest --for 1h")
    desk.carry_out("/alarm silence A1 --for 1h")
    one, all_ = map(str, desk.plan("/alarm rules").notes)
    assert one.startswith("arn:alarm:web-cpu is silent for the rule alarms until 2026-11-21T04:")
    assert all_.endswith("since U0SATO wants it so; `/alarm silence rule:rest --end` ends that")


def test_a_config_without_rules_says_so(local_aws: LocalAws, tmp_path: Path) -> None:
    with house(tmp_path, [DEV]) as there:
        plan = Desk(there, local_aws).plan("/alarm rules")
    assert str(plan.summary) == "The config has no rules: nothing that AWS says is told of."
