"""What the default policy says of failure tests, and what rules can say of the time."""

from datetime import datetime, timedelta

import pytest

from bot.plan import Resource, Step
from bot.policy.decision import PolicyError
from tests.bot.policy.team import OPERATOR, TUESDAY, default, judge, load

ALLOWED = {"toban:chaos": "allowed"}
ANYBODY = """@id("anybody") permit (principal, action, resource);"""


def cut(**tags: str) -> Step:
    named = {key.replace("chaos", "toban:chaos"): value for key, value in tags.items()}
    target = Resource("main", "ap-northeast-1", "subnet", "subnet-1", "", tuple(sorted(named.items())))
    return Step("cut", "failover.cut-subnet", target, (), ())


def test_what_is_not_tagged_is_not_broken() -> None:
    refused = judge(default(), OPERATOR, cut(), verb="failover.run-zone")
    assert not refused.allowed
    assert "failure-tests-break-what-is-tagged" in refused.rules


def test_what_says_something_else_is_not_broken() -> None:
    assert not judge(default(), OPERATOR, cut(chaos="never"), verb="failover.run-zone").allowed


def test_what_is_tagged_is_broken_by_an_operator_alone() -> None:
    assert judge(default(), OPERATOR, cut(chaos="allowed"), verb="failover.run-zone").approvals == 0


def test_one_target_that_is_not_tagged_refuses_the_whole_test() -> None:
    both = cut(chaos="allowed"), cut()
    assert not judge(default(), OPERATOR, *both, verb="failover.run-zone").allowed


def test_production_needs_two_other_people() -> None:
    assert (
        judge(default(), OPERATOR, cut(chaos="allowed", env="prod"), verb="failover.run-zone").approvals == 2
    )


def test_the_rules_of_failure_tests_say_nothing_of_other_verbs() -> None:
    stop = Step("stop", "ec2.stop", Resource("main", "ap-northeast-1", "instance", "i-1"), (), ())
    assert judge(default(), OPERATOR, stop).allowed


HOURS = """
@id("hours") forbid (principal, action in Action::"failover.run", resource)
when { context.hour < 10 || context.hour >= 16 || ["sat", "sun"].contains(context.weekday) };
@id("freeze") forbid (principal, action in Action::"failover.run", resource)
when { context.day >= 20261220 && context.day <= 20270105 };
"""


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        (TUESDAY, True),
        (TUESDAY.replace(hour=9, minute=59), False),
        (TUESDAY.replace(hour=16, minute=0), False),
        (TUESDAY + timedelta(days=4), False),
        (TUESDAY.replace(month=12, day=22), False),
        (TUESDAY.replace(year=2027, month=1, day=5), False),
        (TUESDAY.replace(year=2027, month=1, day=6), True),
    ],
)
def test_rules_may_speak_of_the_hour_the_weekday_and_the_day(now: datetime, allowed: bool) -> None:
    policy = load(ANYBODY + HOURS, now=now)
    assert judge(policy, OPERATOR, cut(), verb="failover.run-zone").allowed is allowed


def test_a_weekday_that_there_is_not_is_a_mistake() -> None:
    rule = """@id("x") forbid (principal, action, resource) when { context.weekday == "saturday" };"""
    with pytest.raises(PolicyError, match="mon"):
        load(ANYBODY + rule)
