"""The rules forward what toban can read: each sample goes through, or is named with why it does not."""

import json
from typing import Any

import pytest

from bot.pattern import check, fits
from commands.alarm._samples import FOLDER
from jobs.readings import acm, advisor, alarm, cost_anomaly, ebs, ecs, health, rds, scaling, spot, trail
from tests.bot.deployment.given import ALIKE, template

SAMPLES = {one.stem: json.loads(one.read_text(encoding="utf-8")) for one in sorted(FOLDER.glob("*.json"))}
BY_TOPIC = {name for name, one in SAMPLES.items() if "source" not in one}  # of SNS, no event of EventBridge's
LEFT = {
    "ecs_task_running": "every start of every task would be said too often",
    "trail_other": "a call that means nothing to who is on duty",
    "unknown_guardduty": "toban shows what it does not know, and asks for nothing that it does not know",
    "unknown_state_change": "as the one before",
}
KINDS = {
    *(*acm.KINDS, *advisor.KINDS, *alarm.KINDS, *cost_anomaly.KINDS, *ebs.KINDS, *ecs.TASKS, *ecs.SERVICES),
    *(*health.KINDS, *rds.KINDS, *scaling.KINDS, *spot.INTERRUPTION, *spot.REBALANCE, *trail.KINDS),
}


def patterns(file: str = "member.yaml") -> dict[str, Any]:
    found = template(ALIKE, file)["Resources"]
    return {
        name: one["Properties"]["EventPattern"]
        for name, one in found.items()
        if one["Type"] == "AWS::Events::Rule"
    }


def forwarded(event: Any) -> list[str]:
    return [name for name, pattern in patterns().items() if fits(pattern, event)]


@pytest.mark.parametrize("name", sorted(SAMPLES.keys() - BY_TOPIC))
def test_what_toban_reads_is_forwarded_by_one_rule(name: str) -> None:
    assert len(forwarded(SAMPLES[name])) == (0 if name in LEFT else 1)


def test_what_is_forwarded_passes_the_bus_when_it_is_of_an_account_of_the_config() -> None:
    (pattern,) = patterns("toban.yaml").values()
    sample = SAMPLES["alarm_metric"]
    assert fits(pattern, sample)
    assert not fits(pattern, {**sample, "account": "999999999999"})
    assert not fits(pattern, {**sample, "source": "my.program"})  # anybody may say this; "aws." only AWS


def test_every_kind_that_a_reading_knows_is_asked_for() -> None:
    asked = {kind for pattern in patterns().values() for kind in kinds(pattern)}
    whole = {"aws.acm", "aws.budgets", "aws.ce", "aws.trustedadvisor"}  # whatever these say
    assert set(patterns()["Notices"]["source"]) == whole
    assert KINDS - asked == {*acm.KINDS, *advisor.KINDS, *cost_anomaly.KINDS}
    assert asked - KINDS == set()


def test_every_rule_is_a_pattern_of_eventbridges_and_small_enough() -> None:
    """A pattern has room for 2,048 characters ("Amazon EventBridge quotas")."""
    for pattern in [*patterns().values(), *patterns("toban.yaml").values()]:
        check(pattern)
        assert len(json.dumps(pattern)) < 2_048


def test_every_rule_goes_to_the_bus_by_the_same_role() -> None:
    rules = [
        one["Properties"]
        for one in template(ALIKE, "member.yaml")["Resources"].values()
        if "Rule" in one["Type"]
    ]
    assert len(rules) == 5
    (target,) = {json.dumps(one["Targets"]) for one in rules}
    assert "role/toban-events" in target
    assert '"Arn": {"Ref": "Bus"}' in target


def kinds(pattern: Any) -> set[str]:
    return {*pattern.get("detail-type", ()), *(kind for one in pattern.get("$or", ()) for kind in kinds(one))}
